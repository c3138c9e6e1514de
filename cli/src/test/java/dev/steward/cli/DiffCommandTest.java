package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldEndWithOneOnlyWhenAskedToFailOnWhatIsFound() throws IOException {
        String before = jmh("before.json", 100).toString();
        String after = jmh("after.json", 130).toString();

        assertThat(Cli.run("diff", before, after).code()).isZero();
        Cli.Outcome worse = Cli.run("diff", before, after, "--fail-on", "worse");
        assertThat(worse.code()).isEqualTo(1);
        assertThat(worse.out()).contains("worse 1").contains("worse: no parameters, B.c, avgt: +30.0%");
        assertThat(Cli.run("diff", after, before, "--fail-on", "worse").code()).isZero();
        assertThat(Cli.run("diff", after, before, "--fail-on", "worse,better").code()).isEqualTo(1);
        assertThat(Cli.run("diff", before, after, "--fail-on", "worse", "--min-effect", "80%").code()).isZero();
    }

    @Test
    void shouldPrintTheFiguresAloneForACommitMessage() throws IOException {
        Cli.Outcome outcome = Cli.run(
            "diff", jmh("before.json", 100).toString(), jmh("after.json", 130).toString(), "--commit");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Before and after", "+30.0%", "worse").doesNotContain("undecided 0");
    }

    @Test
    void shouldEndWithTwoWhenNothingCanBeCompared() throws IOException {
        String file = jmh("before.json", 100).toString();

        assertRefused("no such file", file, folder.resolve("none.json").toString());
        assertRefused("is no verdict to fail on; allowed: worse, undecided, better", file, file, "--fail-on", "equal");
        assertRefused("'x' is not above 0% and below 100%", file, file, "--min-effect", "x");
    }

    private static void assertRefused(String message, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "diff";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Cli.Outcome outcome = Cli.run(command);
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.err().lines()).hasSize(1);
    }

    private Path jmh(String name, double level) throws IOException {
        StringBuilder raw = new StringBuilder("[1.0]".replace("1.0", Double.toString(level)));
        for (int fork = 1; fork < 8; fork++) {
            raw.append(String.format(Locale.ROOT, ",[%.3f]", level * (1 + 0.001 * fork)));
        }
        return Files.writeString(folder.resolve(name), "[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\","
            + "\"primaryMetric\":{\"scoreUnit\":\"ns/op\",\"rawData\":[" + raw + "]}}]");
    }
}
