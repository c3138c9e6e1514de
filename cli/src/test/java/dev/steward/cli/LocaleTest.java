package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures are written with the same digits and signs everywhere. */
final class LocaleTest {
    private static final List<String> LOCALES = List.of("en-US", "ar-EG", "tr-TR", "hi-IN-u-nu-deva", "de-DE");

    @TempDir
    private Path directory;

    @Test
    void shouldDecodeAlikeInEveryLocale() throws IOException {
        List<String> decode = List.of("decode", Cli.checkout("samples/smmuv3-events.log").toString());

        assertThat(LOCALES.stream().map(locale -> output(locale, decode)).distinct()).singleElement().asString()
            .matches("(?s).*\\b[1-9][0-9]* events, 0 of them incomplete.*");
    }

    @Test
    void shouldListAlikeInEveryLocale() throws IOException {
        List<String> locales = LOCALES.subList(0, 3);

        assertThat(locales.stream().map(locale -> output(locale, List.of("strategies"))).distinct()).hasSize(1);
        assertThat(locales.stream().map(locale -> output(locale, List.of("compare", "--dry-run", "--budget", "90s")))
            .distinct()).singleElement().asString().contains("; about 1 min 30 s");
    }

    private String output(String locale, List<String> command) {
        String[] parts = locale.split("-", 3);
        String options = "JAVA_TOOL_OPTIONS=-Duser.language=" + parts[0] + " -Duser.country=" + parts[1]
            + (parts.length > 2 ? " -Duser.extensions=" + parts[2] : "");
        try {
            Path folder = Files.createTempDirectory(directory, "run");
            try (CompareProcess run = new CompareProcess(folder, folder, List.of("env", options), command)) {
                assertThat(run.awaitExitCode()).isZero();
                return run.out() + String.join("\n", run.errLines());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
