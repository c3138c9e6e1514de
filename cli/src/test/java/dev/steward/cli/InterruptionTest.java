package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.read.ResultFolder;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped: whatever the way, what had finished is kept and nothing goes on in the background. */
@Tag("slow")
final class InterruptionTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void shouldKeepWhatItMeasuredWhenInterrupted(String signal) throws IOException, InterruptedException {
        try (CompareProcess compare = new CompareProcess(directory)) {
            compare.awaitFirstGeneration();
            ProcessHandle cell = compare.awaitLiveJvm();
            compare.signal(signal);

            assertThat(compare.awaitExitCode()).isEqualTo(ExitCode.FAILED);
            CompareProcess.awaitEnd(cell);
            assertThat(compare.errLines()).containsExactly(
                "steward: interrupted; what was measured is kept in " + compare.namedFolder()
                    + ", './steward show " + compare.namedFolder() + "' shows it; the same command with --out "
                    + compare.namedFolder() + " goes on");
            assertThat(compare.out()).contains("The run was interrupted");
            assertTurnsAreRead(compare, RunManifest.Status.INTERRUPTED);
        }
    }

    /** Its folder is named by one word, and no other run may write there meanwhile. */
    @Test
    void shouldGoOnWhereItWasInterrupted() throws IOException, InterruptedException {
        Path kept = Path.of("kept");
        int generations;
        try (CompareProcess compare = new CompareProcess(directory, kept)) {
            compare.awaitFirstGeneration();
            assertNoOtherMayWriteInto(compare.results());
            compare.signal("TERM");

            assertThat(compare.awaitExitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(compare.errLines()).containsExactly(
                "steward: interrupted; what was measured is kept in kept, './steward show kept' shows it; the same "
                    + "command with --out kept goes on");
            generations = RunManifest.read(compare.results()).turns().generations();
        }
        try (CompareProcess again = new CompareProcess(directory, kept)) {
            again.awaitGeneration(generations + 1);
            again.signal("TERM");
            again.awaitExitCode();

            assertThat(again.out()).startsWith("the folder holds an interrupted run of the same: it goes on")
                .doesNotContain("[generation  1]");
            assertThat(TurnRecord.readAll(again.results())
                .stream().map(turn -> List.of(turn.generation(), turn.round(), turn.strategy())))
                .as("no generation twice").doesNotHaveDuplicates();
        }
    }

    private static void assertNoOtherMayWriteInto(Path results) {
        Cli.Outcome outcome = Cli.run(CompareProcess.with("--out", results.toString()).toArray(String[]::new));

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).isEqualTo("steward: --out: another run is at work in " + results
            + "; name a new folder" + System.lineSeparator());
    }

    @Test
    void shouldLeaveNothingWhenInterruptedBeforeAnythingWasMeasured() throws IOException, InterruptedException {
        try (CompareProcess compare = new CompareProcess(directory)) {
            // The machine is described and the clock calibrated after this line: no cell runs for a good while yet.
            compare.awaitPreflight();
            compare.signal("INT");

            assertThat(compare.awaitExitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(compare.errLines()).hasSize(1).first().asString().startsWith("steward: interrupted");
            if (compare.errLines().get(0).contains("before anything was measured")) {
                assertThat(compare.results()).doesNotExist();
            }
        }
    }

    @Test
    void shouldEndItsJvmsAndStayReportableWhenKilled() throws IOException, InterruptedException {
        try (CompareProcess compare = new CompareProcess(directory)) {
            compare.awaitFirstGeneration();
            ProcessHandle cell = compare.awaitLiveJvm();
            compare.signal("KILL");

            compare.awaitExitCode();
            CompareProcess.awaitEnd(cell);
            assertTurnsAreRead(compare, RunManifest.Status.RUNNING);
        }
    }

    private static void assertTurnsAreRead(CompareProcess compare, RunManifest.Status status)
        throws IOException {
        ResultFolder results = ResultFolder.read(compare.results());
        assertThat(results.run().status()).isEqualTo(status);
        assertThat(results.run().turns().generations()).isPositive();
        assertThat(TurnRecord.readAll(compare.results())).isNotEmpty();

        Cli.Outcome report = Cli.run("report", compare.results().toString());

        assertThat(report.code()).isZero();
        assertThat(report.err()).isEmpty();
        assertThat(compare.results().resolve("report.txt")).isNotEmptyFile();
    }
}
