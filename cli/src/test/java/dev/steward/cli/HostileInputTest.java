package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.results.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no one types by mistake: files without an end, values that are not text, numbers as only Java writes them. */
final class HostileInputTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRefuseGridAndResultsThatAreNoFilesInsteadOfWaiting() throws IOException, InterruptedException {
        Path fifo = folder.resolve(RunManifest.FILE);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

        assertRefused(Cli.run("sweep", "--grid", fifo.toString()),
            fifo + ": is no regular file; a grid is a short YAML file");
        assertRefused(Cli.run("report", folder.toString()),
            fifo + ": is a pipe or a device; a regular file is needed");
        assertRefused(Cli.run("guide", "--grid", fifo.toString(), "--events", "50k/s", "--attach", "1k/s"),
            fifo + ": is a pipe or a device; a regular file is needed");
        assertRefused(Cli.run("compare", "--dry-run", "--set", "section=file:" + fifo),
            "--set: section: 'file:" + fifo + "' names a file that is a pipe or a device; a regular file is needed "
                + "(allowed: a duration of up to 10ms, lognormal(MEDIAN,SIGMA), or file:PATH with a histogram)");
        assertRefused(Cli.run("compare", "--dry-run", "--set", "storm.events=" + fifo),
            "storm.events: " + fifo + " is a pipe or a device; a regular file is needed");
        assertRefused(Cli.run("torture", "--replay", fifo.toString()), "--replay: " + fifo
            + ": is a pipe or a device; a regular file is needed ('./steward torture --help' tells more)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report results --with ''", "report results --out ''", "history list --store ''"})
    void shouldNotTakeAnEmptyNameForTheFolderOneIsIn(String command) {
        Cli.Outcome outcome = Cli.run(Arrays.stream(command.split(" ")).map(word -> word.replace("''", ""))
            .toArray(String[]::new));

        assertThat(outcome.err()).contains("'' is not the name of a file or folder");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldShowAllOfANameWithALineFeed() {
        assertRefused(Cli.run("show", "a\nb"), "a?b/run.json: the file is missing");
        assertRefused(Cli.run("debate", "--only", "a\nb"), "--only: there is no question 'a?b'; allowed: 1-visible, "
            + "2-rate, 3-scan, 4-section, 5-smmus, 6-grace, 7-hazards, readers");
    }

    @Test
    void shouldShowALongValueInPart() {
        String shard = "1/2\n" + "x".repeat(3000);

        assertRefused(Cli.run("sweep", "--shard", shard), "--shard: '1/2?" + "x".repeat(76)
            + "...' is not i/n with i from 1 to n; write 2/4 for the second of four parts");
    }

    @Test
    void shouldNotTakeNumbersThatNobodyWrites() {
        for (String share : List.of("0x1p-4", " 5%", "5d", "NaN")) {
            assertRefused(Cli.run("diff", "a", "b", "--min-effect", share), "--min-effect: '" + share
                + "' is not above 0% and below 100%, for example 5% or 0.05 ('./steward diff --help' tells more)");
        }
    }

    @Test
    void shouldRefuseNameThatIsNoFileWithoutNamesOfClasses() {
        assertRefused(Cli.run("compare", "--out", "a\0b"), "invalid value for option '--out': no name of a file in the "
            + "character set of this locale; name another one, or set LC_ALL ('./steward compare --help' tells more)");
    }

    @Test
    void shouldNameTheFileWhenReadingFails() {
        Path memory = Path.of("/proc/self/mem");
        assumeTrue(Files.isReadable(memory));

        assertRefused(Cli.run("replay", "--dry-run", memory.toString()),
            memory + ": cannot be read: Input/output error");
    }

    private static void assertRefused(Cli.Outcome outcome, String message) {
        assertThat(outcome.err()).isEqualTo("steward: " + message + System.lineSeparator());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.data()).isEmpty();
    }
}
