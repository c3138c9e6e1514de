package dev.steward.reports;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The parts of the page that come from the class path: our style and script, and the chart library. */
final class PageResources {
    private static final String OWN = "/dev/steward/reports/";
    private static final String VERSION = "/dev-steward-reports-chartjs.properties";
    private static final String LIBRARY = "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js";

    private PageResources() {
    }

    static String css() {
        return text(OWN + "report.css");
    }

    static String script() {
        return text(OWN + "report.js");
    }

    /** {@return its source with its licence, without the pointer to a source map that a browser would load} */
    static String chartLibrary() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(VERSION)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String source = text(String.format(LIBRARY, properties.getProperty("version")));
        if (source.contains("</script")) {
            throw new IllegalStateException("the chart library cannot stand inside a script element");
        }
        return source.replaceAll("(?m)^//# sourceMappingURL=.*$", "").strip();
    }

    private static String text(String resource) {
        try (InputStream in = PageResources.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
