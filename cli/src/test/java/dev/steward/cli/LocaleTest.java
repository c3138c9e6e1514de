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

    /** What the locale cannot write is quoted as question marks: that says nothing to who typed it. */
    @Test
    void shouldSayWhyALetterWasNotUnderstood() throws IOException {
        String name = ": no name of a file in the character set of this locale; name another one, or set LC_ALL";
        String letter = "; ? is a letter that the character set of this locale does not have: set LC_ALL";
        for (List<String> command : List.of(List.of("decode", "\u00dc"), List.of("compare", "--scenario", "\u00dc"))) {
            assertThat(refused(command)).matches("steward: '\\?\\?(\\.yaml)?'" + name);
        }
        assertThat(refused(List.of("compare", "\u00dc")))
            .isEqualTo("steward: unexpected argument '??'" + letter + " ('./steward compare --help' tells more)");
        assertThat(refused(List.of("compare", "--strategy", "\u00dc")))
            .isEqualTo("steward: --strategy: unknown strategy '??'; './steward strategies' lists them all" + letter);
    }

    /** The test's own locale may have no such letter: a shell makes it. */
    private String refused(List<String> command) throws IOException {
        Path folder = Files.createTempDirectory(directory, "run");
        List<String> starter = List.of("LC_ALL=C", "bash", "-c", "exec \"${@//@/$'\\303\\234'}\"", "bash");
        try (CompareProcess run = new CompareProcess(
            folder, folder, starter, command.stream().map(word -> word.replace('\u00dc', '@')).toList())) {
            assertThat(run.awaitExitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.errLines()).hasSize(1);
            return run.errLines().get(0);
        }
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
