package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.steward.results.FleetFolder;
import dev.steward.results.RunManifest;
import dev.steward.results.TaskAttempt;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task of a plan on a node that lets it down: one line, and an exit code that says whether to try elsewhere. */
@Tag("slow")
class FleetFaultTest {
    /** A file system of its own that only the process sees that is started in it, mounted on the first argument. */
    private static final List<String> MOUNTED = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
        "mount -t tmpfs -o \"$0\" tmpfs \"$1\" && TMPDIR=$1 && export TMPDIR && shift && exec \"$@\"");

    @TempDir
    private Path folder;
    private Path plan;

    @BeforeEach
    void plan() throws IOException {
        plan("plan", "30ms", "--minutes", "0", "--generations", "1");
    }

    private void plan(String name, String window, String... more) throws IOException {
        plan = folder.resolve(name);
        Path grid = Files.writeString(folder.resolve("grid.yaml"), """
            name: tiny
            strategies: [mutex, rwlock]
            settings: {path: inline, rehearsal: 10ms, turn.rounds: 2, turn.runIn: 1, turn.window: %s, repeats: 0}
            axes:
              storm.rate: [2k/s, 4k/s]
            """.formatted(window));
        List<String> words = new ArrayList<>(
            List.of("sweep", "--plan", "slurm", plan.toString(), "--grid", grid.toString()));
        words.addAll(List.of(more));
        assertThat(Cli.run(words.toArray(String[]::new)).code()).isZero();
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
                + ": no such folder on this node; results are written there first (see TMPDIR)");
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

    private List<Path> checkpoints() throws IOException {
        Path all = plan.resolve("checkpoints");
        if (Files.notExists(all)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(one -> !one.getFileName().toString().startsWith(".")).sorted().toList();
        }
    }

    private int generations() {
        try {
            return checkpoints().stream().map(one -> one.getFileName().toString().split("-")[1])
                .mapToInt(Integer::parseInt).max().orElse(0);
        } catch (IOException | UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }

    /** Killed in the middle of its points: what whole generations it has is there, byte for byte, in what follows. */
    @Test
    void shouldGoOnFromItsLastWholeGenerationWhenKilled() throws Exception {
        plan("plan2", "30ms", "--minutes", "1", "--generations", "3");
        assertThat(FleetFolder.open(plan).plan().tasks()).singleElement()
            .satisfies(task -> assertThat(task.points()).hasSize(2));
        try (CompareProcess task = task(List.of("env", "NODE_NAME=n1"), 1)) {
            CompareProcess.await("a whole generation", () -> generations() > 0);
            task.signal("KILL");
            task.awaitExitCode();
        }
        int kept = generations();
        Path checkpoint = checkpoints().get(checkpoints().size() - 1);
        Map<String, List<String>> lines = new TreeMap<>();
        for (String point : List.of("0000", "0001")) {
            lines.put(point, Files.readAllLines(checkpoint.resolve(point).resolve("turns.jsonl")));
        }
        assertThat(kept).isBetween(1, 2);
        assertThat(Cli.run("sweep", "--merge", plan.toString()).out()).startsWith("Nothing to merge");

        try (CompareProcess task = task(List.of("env", "NODE_NAME=n2"), 1)) {
            assertThat(task.awaitExitCode()).isZero();
        }
        for (String point : List.of("0000", "0001")) {
            Path result = FleetFolder.open(plan).result(point, 1);
            assertThat(Files.readAllLines(result.resolve("turns.jsonl"))).startsWith(
                lines.get(point).toArray(String[]::new)).hasSize(3 * lines.get(point).size() / kept);
            assertThat(RunManifest.read(result).turns().generations()).isEqualTo(3);
            assertThat(TurnRecord.readAll(result).stream()
                .map(turn -> List.of(turn.generation(), turn.round(), turn.position(), turn.strategy())))
                .doesNotHaveDuplicates();
            TaskAttempt attempt = TaskAttempt.read(result.resolve(TaskAttempt.FILE));
            assertThat(attempt.node()).isEqualTo("n2");
            assertThat(attempt.earlierNodes()).containsExactly("n1");
        }
        assertThat(checkpoints()).as("of a task that is done").isEmpty();
        Cli.Outcome merged = Cli.run("sweep", "--merge", plan.toString());
        assertThat(merged.code()).isZero();
        assertThat(merged.out()).contains("2 nodes: n1, n2");
    }

    /** What others have brought into the shared folder is not what this one has, and not looked for. */
    @Test
    void shouldSayWhetherThisAttemptHasBroughtAnythingWhenCancelled() throws Exception {
        // A generation of minutes, so that the signal comes in it.
        plan("plan3", "10s", "--minutes", "0", "--generations", "1");
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
