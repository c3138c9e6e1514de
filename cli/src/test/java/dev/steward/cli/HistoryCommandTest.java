package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.verdict.HistoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a run is tested where it is read. */
final class HistoryCommandTest {
    private static final Path RECORDED = Cli.checkout("reports/src/test/resources/commit-1031f34/compare");

    @TempDir
    private Path folder;

    @Test
    void shouldSayWhereNoHistoryIs() {
        String store = folder.resolve("history.db").toString();

        for (String command : new String[] {"list", "show"}) {
            Cli.Outcome outcome = Cli.run("history", command, "--store", store);
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).isEqualTo("steward: " + store
                + ": no history there; './steward history add DIR' makes one" + System.lineSeparator());
        }
    }

    @Test
    void shouldNameEachFolderThatCannotBeKept() {
        Cli.Outcome outcome =
            Cli.run("history", "add", folder.resolve("nowhere").toString(), "--store", folder + "/history.db");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("nowhere/run.json: the file is missing");
        assertThat(folder).as("nothing is kept").isEmptyDirectory();
    }

    @Test
    void shouldLeaveOutWhatIsNoResultOfAComparisonAmongOthers() throws IOException {
        Path search = Files.createDirectory(folder.resolve("capacity"));
        Path debate = Files.createDirectory(folder.resolve("debate"));

        Cli.Outcome outcome = Cli.run(
            "history", "add", search.toString(), debate.toString(), "--store", folder + "/history.db");

        assertThat(outcome.out()).contains(search + ": skipped, it is no result of a comparison");
        assertThat(outcome.err()).isEqualTo("steward: none of the 2 folders holds a run to keep: './steward compare' "
            + "without --quick makes runs that can be kept" + System.lineSeparator());
        assertThat(outcome.code()).as("nothing is left to keep").isEqualTo(ExitCode.USAGE);
        assertThat(folder.resolve("history.db")).doesNotExist();
    }

    @Test
    void shouldLeaveOutARunThatHasNoFigureToKeep() throws IOException {
        Path none = Files.createDirectory(folder.resolve("without-cells"));
        Files.copy(RECORDED.resolve("run.json"), none.resolve("run.json"));
        String[] command = {
            "history", "add", RECORDED.toString(), none.toString(), "--store", folder + "/history.db"};

        for (String how : List.of(": run [0-9a-f]+ kept", ": run [0-9a-f]+ was there already")) {
            Cli.Outcome outcome = Cli.run(command);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out()).containsPattern(how).contains(none + ": skipped, it has no valid, steady cell");
        }
    }

    /** As a quick run is. */
    @Test
    void shouldSayWhatToDoWhereTheOnlyRunHasNothingToKeep() throws IOException {
        Path none = Files.createDirectory(folder.resolve("quick"));
        Files.copy(RECORDED.resolve("run.json"), none.resolve("run.json"));
        Path store = folder.resolve("history.db");

        Cli.Outcome outcome = Cli.run("history", "add", none.toString(), "--store", store.toString());

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("steward: " + none + ": nothing is kept: it has no valid, steady cell of a "
            + "ranked strategy to keep; './steward compare' without --quick makes runs that can be kept"
            + System.lineSeparator());
        assertThat(store).doesNotExist();
    }

    @Test
    void shouldSayWhatToDoWhereTheHistoryIsEmpty() {
        Path store = folder.resolve("history.db");
        HistoryStore.openOrCreate(store).close();

        for (List<String> command : List.of(List.of("list"), List.of("show"), List.of("show", "--json"))) {
            List<String> args = new ArrayList<>(List.of("history", "--store", store.toString()));
            args.addAll(command);
            Cli.Outcome outcome = Cli.run(args.toArray(String[]::new));
            assertThat(outcome.code()).as("%s", command).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.out() + outcome.data()).isEmpty();
            assertThat(outcome.err()).isEqualTo("steward: " + store
                + ": is empty; './steward history add DIR' keeps a run" + System.lineSeparator());
        }
    }

    @Test
    void shouldListNoRunsToAProgramWhereTheHistoryIsEmpty() {
        Path store = folder.resolve("history.db");
        HistoryStore.openOrCreate(store).close();

        Cli.Outcome outcome = Cli.run("history", "list", "--json", "--store", store.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.data()).containsPattern("\"runs\" : \\[ *]");
    }

    @Test
    void shouldSayWhichFiguresThereAreWhereNoneIsMeant() {
        String store = folder.resolve("history.db").toString();
        assertThat(Cli.run("history", "add", RECORDED.toString(), "--store", store).code()).isZero();

        for (String[] option : new String[][] {{"--strategy", "x"}, {"--figure", "event p50"}}) {
            Cli.Outcome outcome = Cli.run("history", "show", "--store", store, option[0], option[1]);
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).startsWith("steward: " + store + ": holds no such figure; it has commit.p50, ")
                .contains(" of mutex, rcu-page");
            assertThat(outcome.err().lines()).hasSize(1);
        }
    }

    @Test
    void shouldAskForACommand() {
        Cli.Outcome outcome = Cli.run("history");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("name a command: add, list, show");
    }
}
