package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.results.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
