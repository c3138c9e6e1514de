package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.steward.results.FleetFolder;
import dev.steward.results.TaskAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task of a plan on a node that lets it down: one line, and an exit code that says whether to try elsewhere. */
class FleetFaultTest {
    /** A file system of its own that only the process sees that is started in it, mounted on the first argument. */
    private static final List<String> MOUNTED = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
        "mount -t tmpfs -o \"$0\" tmpfs \"$1\" && TMPDIR=$1 && export TMPDIR && shift && exec \"$@\"");

    @TempDir
    private Path folder;
    private Path plan;

    @BeforeEach
    void plan() throws IOException {
        plan = folder.resolve("plan");
        Path grid = Files.writeString(folder.resolve("grid.yaml"), """
            name: tiny
            strategies: [mutex, rwlock]
            settings: {path: inline, rehearsal: 10ms, turn.rounds: 2, turn.runIn: 1, turn.window: 30ms, repeats: 0}
            axes:
              storm.rate: [2k/s, 4k/s]
            """);
        assertThat(Cli.run("sweep", "--plan", "slurm", plan.toString(), "--grid", grid.toString(), "--minutes", "0",
            "--generations", "1").code()).isZero();
    }

    private CompareProcess task(List<String> starter, int number) throws IOException {
        return new CompareProcess(folder, plan, starter,
            List.of("--quiet", "sweep", "--task", plan.toString(), Integer.toString(number)));
    }

    private static List<String> mounted(String options, Path place) {
        List<String> starter = new ArrayList<>(MOUNTED);
        starter.addAll(List.of(options, place.toString()));
        return starter;
    }

    /** Full from the begin, full in the middle, and read-only: another node may have a better disk. */
    @ParameterizedTest
    @ValueSource(strings = {"ro", "size=4k", "size=24k", "nr_inodes=3", "nr_inodes=8"})
    void shouldLeaveItToAnotherNodeWhenTheDiskOfThisOneIsFullOrReadOnly(String options) throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        List<String> starter = mounted(options, disk);
        List<String> trial = new ArrayList<>(starter);
        trial.add("true");
        assumeThat(new ProcessBuilder(trial).start().waitFor()).as("may mount").isZero();

        try (CompareProcess task = task(starter, 1)) {
            assertThat(task.awaitExitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(task.errLines()).singleElement().asString().contains(disk.toString())
                .containsAnyOf("No space left on device", "Read-only file system", "cannot be written");
        }
        assertNothingIsBrought();
    }

    @Test
    void shouldSayThatTheNodeHasNoSuchFolder() throws IOException {
        try (CompareProcess task = task(List.of("TMPDIR=" + folder.resolve("none")), 1)) {
            assertThat(task.awaitExitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(task.errLines()).containsExactly("steward: " + folder.resolve("none")
                + ": no such folder on this node, and results are put there first (TMPDIR)");
        }
        assertNothingIsBrought();
    }

    private void assertNothingIsBrought() throws IOException {
        FleetFolder fleet = FleetFolder.open(plan);
        assertThat(fleet.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(TaskAttempt.Status.FAILED);
            assertThat(attempt.reason()).isNotBlank();
        });
        try (Stream<Path> files = Files.walk(plan.resolve("points"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(Cli.run("sweep", "--status", plan.toString()).out()).contains("failed", "task 1:");
    }

    /** What others have brought into the shared folder is not what this one has, and not looked for. */
    @Test
    void shouldSayWhetherThisAttemptHasBroughtAnythingWhenCancelled() throws Exception {
        Path others = Files.createDirectories(plan.resolve("points").resolve("0001").resolve("t9"));
        Files.writeString(others.resolve("turns.jsonl"), "{}\n");
        try (CompareProcess task = task(List.of(), 1)) {
            task.awaitLiveJvm();
            task.signal("TERM");

            assertThat(task.awaitExitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(task.errLines()).containsExactly("steward: interrupted, before anything was measured");
        }
        assertThat(FleetFolder.open(plan).attempts()).singleElement()
            .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(TaskAttempt.Status.STOPPED));
    }
}
