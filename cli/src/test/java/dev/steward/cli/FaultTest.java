package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.reports.read.ResultFolder;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong under a run: whatever it is, one line tells of it, what had finished is kept, and no JVM is left. */
@Tag("slow")
final class FaultTest {
    private static final Path OUT = Path.of("kept");
    private static final String KEPT = "; what was measured is kept in kept, './steward show kept' shows it; the same "
        + "command with --out kept goes on";
    /** Of {@link CompareProcess#ARGUMENTS}: two contestants, a turn of the run-in and two rounds. */
    private static final int TURNS_BEFORE_LONG_CELLS = 6;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheFinishedCellOfAContestantThatIsKilled() throws IOException, InterruptedException {
        try (CompareProcess compare = new CompareProcess(directory, OUT)) {
            compare.awaitFirstGeneration();
            compare.signalLiveJvm("KILL", compare::hasEnded);

            assertEnds(compare, RunManifest.Status.FAILED);
            assertThat(compare.errLines()).isEmpty();
            assertThat(compare.out()).containsPattern("failed and left out: \\w+: its JVM was ended by signal 9\n")
                .containsPattern("! \\w+ could not go on after its long cell: its JVM was ended by\\s+signal");
            assertThat(ResultFolder.read(compare.results()).cells()).as("long cells").hasSize(2);
        }
    }

    @Test
    void shouldKeepTheTurnsOfContestantsThatAreKilledInTheirLongCells() throws IOException, InterruptedException {
        List<String> longCells = CompareProcess.with("--set", "duration=60s");
        try (CompareProcess compare = new CompareProcess(directory, defaultFolder(1), List.of(), longCells)) {
            CompareProcess.await("the long cells", () -> turns(compare) == TURNS_BEFORE_LONG_CELLS);
            for (ProcessHandle jvm : compare.liveJvms()) {
                CompareProcess.signal("KILL", jvm);
            }

            assertEnds(compare, RunManifest.Status.FAILED);
            assertThat(compare.errLines()).isEmpty();
            assertThat(turns(compare)).isEqualTo(TURNS_BEFORE_LONG_CELLS);
            assertThat(ResultFolder.read(compare.results()).missing()).hasSize(2)
                .allSatisfy(cell -> assertThat(cell.reasons()).containsExactly("its JVM was ended by signal 9"));
        }
        try (CompareProcess next = new CompareProcess(directory, defaultFolder(2), List.of(), longCells)) {
            CompareProcess.await("the next number", () -> Files.exists(next.results().resolve(RunManifest.FILE)));
            next.signal("KILL");
            next.awaitExitCode();
        }
    }

    @Test
    void shouldSayThatASignalToAContestantHasEndedTheRun() throws IOException, InterruptedException {
        try (CompareProcess compare = new CompareProcess(directory, OUT)) {
            compare.awaitFirstGeneration();
            compare.signalLiveJvm("TERM", compare::hasEnded);

            assertEnds(compare, RunManifest.Status.INTERRUPTED);
            assertThat(compare.errLines()).containsExactly(
                "steward: a JVM of the run was told to stop by a signal, which ends the run" + KEPT);
        }
    }

    @Test
    void shouldKeepWhatItMeasuredWhenTheDiskIsFull() throws IOException, InterruptedException {
        Path small = Files.createDirectory(directory.resolve(OUT));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "small", small.toString()),
            "only root can make a file system that is small enough to be filled");
        try (CompareProcess compare = new CompareProcess(directory, OUT)) {
            compare.awaitFirstGeneration();
            fill(small.resolve("filler"));

            assertEnds(compare, RunManifest.Status.RUNNING);
            assertThat(compare.errLines()).hasSize(1).first().asString()
                .matches("steward: kept/[a-z.]+: No space left on device" + KEPT.replace(".", "\\."));
            assertThat(turns(compare)).isPositive();
        } finally {
            run("umount", small.toString());
        }
    }

    @Test
    void shouldKeepWhatItMeasuredWhenFilesMayGrowNoFurther() throws IOException, InterruptedException {
        List<String> limited = List.of("bash", "-c", "ulimit -f 16; exec \"$0\" \"$@\"");
        // Two contestants, a turn of the run-in and five rounds: 10 KB, and the second generation is too large.
        List<String> large = CompareProcess.with("--set", "turn.rounds=5", "--out", OUT.toString());
        try (CompareProcess compare = new CompareProcess(directory, OUT, limited, large)) {
            assertEnds(compare, RunManifest.Status.RUNNING);
            assertThat(compare.errLines()).containsExactly("steward: kept/turns.jsonl: File too large" + KEPT);
            assertThat(turns(compare)).as("with some of the second").isGreaterThan(2 * 6);
        }
    }

    @Test
    void shouldSayThatTheOutputFolderIsGone() throws IOException, InterruptedException {
        try (CompareProcess compare = new CompareProcess(directory, OUT)) {
            compare.awaitFirstGeneration();
            // Again and again: the run may be about to add a file.
            CompareProcess.await("a folder that is gone", () -> {
                run("rm", "-rf", compare.results().toString());
                return Files.notExists(compare.results());
            });

            assertThat(compare.awaitExitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(compare.errLines()).hasSize(1).first().asString()
                .matches("steward: kept/[a-z.]+: no such file; kept is gone, and what was measured with it");
            assertThat(compare.results()).doesNotExist();
        }
    }

    @Test
    void shouldGoOnWhereNoNativeLibraryAndNoTemporaryFileCanBeUnpacked() throws IOException, InterruptedException {
        List<String> hardened = List.of(
            "env", "JAVA_TOOL_OPTIONS=-Djna.nounpack=true -Djava.io.tmpdir=" + directory.resolve("none"));
        try (CompareProcess compare = new CompareProcess(directory, OUT, hardened)) {
            compare.awaitFirstGeneration();
            compare.signal("TERM");

            assertEnds(compare, RunManifest.Status.INTERRUPTED);
            assertThat(RunManifest.read(compare.results()).environment())
                .contains(new RunManifest.EnvironmentEntry("cpu", "unknown"));
            try (var left = Files.list(compare.results())) {
                assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("jvms-"));
            }
        }
    }

    @Test
    void shouldRefuseAFolderForResultsThatTheLocaleCannotName() throws IOException {
        try (CompareProcess show = new CompareProcess(directory, OUT, List.of("sh", "-c",
            "LC_ALL=C STEWARD_RESULTS=$(printf '/tmp/\\303\\244') exec \"$@\"", "sh"), List.of("show"))) {
            assertThat(show.awaitExitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(show.errLines()).singleElement().asString().startsWith("steward: STEWARD_RESULTS is no name of");
        }
    }

    @Test
    void shouldSayWhyThereIsNoHistoryWhereNothingCanBeUnpacked() throws IOException {
        Path none = directory.resolve("none");
        try (CompareProcess history = new CompareProcess(directory, OUT,
            List.of("env", "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + none),
            List.of("history", "add", "--store", "h.db",
                Cli.checkout("reports/src/test/resources/commit-1031f34/compare").toString()))) {
            assertThat(history.awaitExitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(history.errLines()).containsExactly("steward: h.db: the library of SQLite cannot be unpacked to "
                + none + " and run from there; name another folder with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR");
        }
    }

    @Test
    void shouldLeaveNothingOfAReplayWhoseCellIsStopped() throws IOException, InterruptedException {
        List<String> replay = List.of("replay", "--strategy", "mutex,rwlock", "--set", "path=inline", "--set",
            "rehearsal=20ms", "--set", "duration=400ms", "--set", "repeats=1000", "--out", OUT.toString(),
            Cli.checkout("samples/smmuv3-events.log").toString());
        try (CompareProcess run = new CompareProcess(directory, OUT, List.of(), replay)) {
            CompareProcess.await("a cell", () -> run.out().contains("[ 1/"));
            run.signalLiveJvm("KILL", () -> run.out().contains(" failed "));
            run.signalLiveJvm("TERM", run::hasEnded);

            assertEnds(run, RunManifest.Status.INTERRUPTED);
            assertThat(run.errLines()).containsExactly(
                "steward: a JVM of the run was told to stop by a signal, which ends the run" + KEPT);
            try (var left = Files.list(run.results().resolve("cells"))) {
                assertThat(left.map(Path::toString)).allMatch(name -> name.matches(".*\\.(json|hlog)"));
            }
        }
    }

    @Test
    void shouldLeaveNoFolderOfARunThatIsRefused() throws IOException, InterruptedException {
        for (String command : List.of("compare", "capacity --slo event.p99<=1ms", "replay " + directory)) {
            List<String> refused = List.of((command + " --strategy no-such-lock").split(" "));
            try (CompareProcess run = new CompareProcess(directory, Path.of("results"), List.of(), refused)) {
                assertThat(run.awaitExitCode()).isEqualTo(ExitCode.USAGE);
                assertThat(run.errLines()).hasSize(1);
                assertThat(run.results()).satisfiesAnyOf(results -> assertThat(results).doesNotExist(),
                    results -> assertThat(results).isEmptyDirectory());
            }
        }
    }

    private static Path defaultFolder(int number) {
        return Path.of("results", number == 1 ? "default" : "default-" + number);
    }

    private static int turns(CompareProcess compare) {
        try {
            return Files.exists(compare.results().resolve(TurnRecord.FILE))
                ? TurnRecord.readAll(compare.results()).size() : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Leaves no block of its disk free. */
    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1 << 10]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private void assertEnds(CompareProcess compare, RunManifest.Status status) {
        assertThat(compare.awaitExitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ResultFolder.read(compare.results()).run().status()).isEqualTo(status);
        Cli.Outcome report = Cli.run(
            "report", compare.results().toString(), "--out", directory.resolve("report").toString());
        assertThat(report.err()).isEmpty();
        assertThat(report.code()).isZero();
    }
}
