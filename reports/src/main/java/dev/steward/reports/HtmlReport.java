package dev.steward.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.reports.summary.Summary;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;

/**
 * The report as one page that opens without a network: style, script, chart library and data are inside, and its
 * content policy forbids it to load anything.
 */
public final class HtmlReport {
    private static final String TEMPLATES = "dev.steward.reports.templates";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HtmlReport() {
    }

    /**
     * Prints a run.
     *
     * @param summary of the run
     * @return the page; whatever comes from the result folder is escaped
     */
    public static String of(final Summary summary) {
        final List<Chart> charts = Charts.of(summary);
        final HtmlPage page = new HtmlPage(summary, charts, dataJson(charts), PageParts.css(),
            PageParts.chartLibrary(), PageParts.script());
        final StringOutput output = new StringOutput(1 << 19);
        TemplateEngine.createPrecompiled(null, ContentType.Html, HtmlReport.class.getClassLoader(), TEMPLATES)
            .render("report.jte", page, output);
        return output.toString();
    }

    /** A name in a file may hold the end of a script element; in JSON the sign can only stand inside a string. */
    private static String dataJson(final List<Chart> charts) {
        try {
            return MAPPER.writeValueAsString(Map.of("charts", charts))
                .replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
                .replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("charts are plain data", e);
        }
    }
}
