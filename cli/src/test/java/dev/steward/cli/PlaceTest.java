package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A place that cannot be written: refused alike by all commands, with 2, before anything runs. */
final class PlaceTest {
    private static final String RESULT = Cli.checkout("reports/src/test/resources/commit-1031f34/compare").toString();
    private static final String LOG = Cli.checkout("samples/smmuv3-events.log").toString();
    /** There, empty, and read-only for root too. */
    private static final Path READ_ONLY = Path.of("/proc/tty/ldisc");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "report RESULT", "report RESULT RESULT", "compare --quick", "capacity --slo event.p99<=1ms --strategy mutex",
        "sweep", "regret", "debate --only 2-rate", "replay LOG",
        "guide --measure --events 1k/s --attach 10/s --streams 64 --section 1us"})
    void shouldRefuseAFolderThatCannotBeWritten(String command) throws IOException {
        for (Path place : folders()) {
            assertRefused("--out: " + named(command, place) + " cannot be written; name a folder that can",
                command + " --out", place);
        }
    }

    /** The one that builds something before it could find out. */
    @Test
    void shouldRefuseAFolderThatCannotBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path place : List.of(file, file.resolve("below"), Path.of("/dev/null"), Path.of("/proc/none"))) {
            assertRefused("--out: " + place + " cannot be written; name a folder that can",
                "transfer --strategy mutex --out", place);
            assertRefused("--plan: " + place + " cannot be written; name a folder that can",
                "sweep --hosts one --plan ssh", place);
        }
    }

    @Test
    void shouldKeepWhyAFolderCannotBeMadeForVerbose() throws IOException {
        String below = Files.createFile(folder.resolve("file")).resolve("below").toString();

        assertThat(Cli.run("-v", "compare", "--quick", "--out", below).err()).contains("Caused by: java.nio.file.");
        assertThat(Cli.run("-v", "sweep", "--hosts", "one", "--plan", "ssh", below).err())
            .contains("Caused by: java.nio.file.");
    }

    /** The page is opened and written, as by a shell. */
    @Test
    void shouldWriteAPageToADeviceAndIntoTheFolderOfTheAnswers() throws IOException {
        Path results = answered(Files.createDirectory(folder.resolve("results")));

        for (Path page : List.of(Path.of("/dev/null"), results.resolve("page.md"))) {
            Cli.Outcome outcome =
                Cli.run("debate", "--no-run", "--out", results.toString(), "--page", page.toString());
            assertThat(outcome.code()).as(outcome.err()).isZero();
        }
        assertThat(results.resolve("page.md")).isNotEmptyFile();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    /** Made by the first question: without one there is no answer to write, which is what is said. */
    @Test
    void shouldNotAskForTheFolderOfAFirstDebateBeforeItIsMade() {
        Path none = folder.resolve("none");

        assertThat(Cli.run("debate", "--no-run", "--out", none.toString(), "--page", none + "/page.md").err())
            .startsWith("steward: " + none + ": holds no question");
    }

    /** Each question has a folder of its own in the one that is named. */
    private static Path named(String command, Path place) {
        return command.startsWith("debate") ? place.resolve("2-rate") : place;
    }

    private List<Path> folders() throws IOException {
        Path file = folder.resolve("file");
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        List<Path> places = new ArrayList<>(List.of(
            file, file.resolve("below"), Path.of("/dev/null"), Path.of("/proc/none")));
        if (Files.isDirectory(READ_ONLY)) {
            places.add(READ_ONLY);
        }
        return places;
    }

    /** Results may be measured for a quarter of an hour before they are written there. */
    @ParameterizedTest
    @ValueSource(strings = {
        "debate --no-run --page", "selftest --json", "torture --strategy mutex --time 1ms --save",
        "kernel read LOG --figures"})
    void shouldRefuseAFileThatCannotBeWritten(String command) throws IOException, InterruptedException {
        String option = command.substring(command.lastIndexOf(' ') + 1);
        Path pipe = folder.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        for (Path place : List.of(folder, folder.resolve("none/file"))) {
            assertRefused(option + ": " + place + " cannot be written; name a file in a folder that exists and may be "
                + "written", command, place);
        }
        if (option.equals("--page")) {
            return;
        }
        // One that is replaced by a file could be /dev/null.
        assertRefused(option + ": " + pipe + " is a pipe or a device; a regular file is needed", command, pipe);
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    /** Without a name it is the place below the current folder. */
    @ParameterizedTest
    @ValueSource(strings = {
        "compare --quick:default", "report RESULT RESULT:report", "sweep:sweep-driver",
        "debate --only 2-rate:debate/2-rate"})
    void shouldRefuseToBeginWhereNoPlaceIsNamedAndTheUsualOneCannotBeWritten(String row) throws IOException {
        List<String> command = words(row.split(":")[0]);
        String place = "/proc/none/" + row.split(":")[1];
        try (CompareProcess run = new CompareProcess(
            folder, folder, List.of("STEWARD_RESULTS=/proc/none"), command)) {
            assertThat(run.awaitExitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.errLines())
                .containsExactly("steward: --out: " + place + " cannot be written; name a folder that can");
        }
    }

    /** On a disk that was mounted read-only meanwhile, commands that only read and write an answer. */
    @Test
    void shouldRefuseToAnswerWhereTheAnswerCannotBeWritten() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        Files.copy(Path.of(RESULT, "run.json"), results.resolve("run.json"));
        answered(results);
        List<String> mounted = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
            "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"", results.toString());
        List<String> trial = new ArrayList<>(mounted);
        trial.add("true");
        assumeThat(new ProcessBuilder(trial).start().waitFor()).as("may mount").isZero();

        for (List<String> command : List.of(
            List.of("report", results.toString()), List.of("debate", "--no-run", "--out", results.toString()))) {
            try (CompareProcess run = new CompareProcess(folder, folder, mounted, command)) {
                assertThat(run.awaitExitCode()).isEqualTo(ExitCode.USAGE);
                assertThat(run.errLines())
                    .containsExactly("steward: --out: " + results + " cannot be written; name a folder that can");
            }
        }
    }

    private static Path answered(Path results) throws IOException {
        for (int threads : new int[] {1, 2}) {
            Files.writeString(results.resolve("readers-" + threads + ".json"), "[" + forks(threads, "streams-mutex")
                + ", " + forks(threads, "streams-rwsem") + "]");
        }
        return results;
    }

    private static String forks(int threads, String strategy) {
        return """
            {"jmhVersion": "1.37", "benchmark": "dev.steward.jmh.ReadersBenchmark.report", "mode": "avgt",
              "threads": %d, "forks": 2, "params": {"strategy": "%s"},
              "primaryMetric": {"score": 9, "scoreUnit": "ns/op", "rawData": [[9], [8]]}}
            """.formatted(threads, strategy);
    }

    private static List<String> words(String command) {
        return Arrays.stream(command.split(" "))
            .map(word -> word.equals("RESULT") ? RESULT : word.equals("LOG") ? LOG : word).toList();
    }

    private static void assertRefused(String message, String command, Path place) {
        List<String> args = new ArrayList<>(words(command));
        args.add(place.toString());
        Cli.Outcome outcome = Cli.run(args.toArray(String[]::new));

        assertThat(outcome.err().lines()).as("%s", args).singleElement().asString().startsWith("steward: " + message);
        assertThat(outcome.code()).as("%s", args).isEqualTo(ExitCode.USAGE);
    }
}
