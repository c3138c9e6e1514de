package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a run is tested where it is read. */
final class HistoryCommandTest {
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
        assertThat(Cli.run("history", "show", "--store", folder + "/history.db").err())
            .contains("holds no such figure");
    }

    @Test
    void shouldLeaveOutWhatIsNoResultOfAComparisonAmongOthers() throws IOException {
        Path search = Files.createDirectory(folder.resolve("capacity"));
        Path debate = Files.createDirectory(folder.resolve("debate"));

        Cli.Outcome outcome = Cli.run(
            "history", "add", search.toString(), debate.toString(), "--store", folder + "/history.db");

        assertThat(outcome.out()).contains(search + ": skipped, it is no result of a comparison");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).as("nothing is left to keep").isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldLeaveOutARunThatHasNoFigureToKeep() throws IOException {
        Path kept = Cli.checkout("reports/src/test/resources/commit-1031f34/compare");
        Path none = Files.createDirectory(folder.resolve("without-cells"));
        Files.copy(kept.resolve("run.json"), none.resolve("run.json"));
        String[] command = {
            "history", "add", kept.toString(), none.toString(), "--store", folder + "/history.db"};

        for (String how : List.of(": run [0-9a-f]+ kept", ": run [0-9a-f]+ was there already")) {
            Cli.Outcome outcome = Cli.run(command);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out()).containsPattern(how).contains(none + ": skipped, it has no valid, steady cell");
        }
    }

    @Test
    void shouldAskForACommand() {
        Cli.Outcome outcome = Cli.run("history");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("name a command: add, list, show");
    }
}
