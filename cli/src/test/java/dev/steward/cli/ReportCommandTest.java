package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code report} does with a good folder is in {@link CompareRoundTripTest}. */
final class ReportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRefuseWhenFolderIsMissing() {
        Path missing = folder.resolve("nowhere");

        assertRefused(missing, missing.resolve("run.json") + ": the file is missing");
    }

    @Test
    void shouldRefuseWhenFolderIsEmpty() {
        assertRefused(folder, folder.resolve("run.json") + ": the file is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "debate.md     | holds a debate; './steward debate --no-run --out %s' shows it",
        "transfer.json | holds a transfer; './steward report DIR --with %s' puts it into the report of a comparison",
        "capacity.json | holds an interrupted search for the capacity; the same command with --out %s goes on",
        "fleet.json    | holds a plan for several machines; './steward sweep --status %s' shows it",
        "a/run.json    | holds no result itself; name a folder in it: a"})
    void shouldSayHowAFolderOfAnotherCommandIsShown(String file, String message) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.createFile(folder.resolve(file));

        assertRefused(folder, folder + ": " + message.formatted(folder));
        assertThat(Cli.run("show", folder.toString()).err()).contains(folder + ": holds ");
    }

    @Test
    void shouldNameAFewOfManyResultFolders() throws IOException {
        for (int i = 1; i <= 7; i++) {
            Files.createFile(Files.createDirectory(folder.resolve("r" + i)).resolve("run.json"));
        }

        assertRefused(folder, folder + ": holds no result itself; name a folder in it: r1, r2, r3, r4, r5 and 2 more");
    }

    @Test
    void shouldRefuseWhenManifestIsEmpty() throws IOException {
        Path manifest = Files.createFile(folder.resolve("run.json"));

        assertRefused(folder, manifest + ": empty, or not a JSON object");
    }

    @Test
    void shouldRefuseWhenManifestIsCutOff() throws IOException {
        Path manifest = Files.writeString(folder.resolve("run.json"), "{\"format\":\"steward-run\",\"vers");

        Cli.Outcome outcome = Cli.run("report", folder.toString());

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err())
            .startsWith("steward: " + manifest + ": ")
            .endsWith("(line 1)" + System.lineSeparator());
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    void shouldRefuseWhenManifestIsOfALaterVersion() throws IOException {
        Path manifest = Files.writeString(folder.resolve("run.json"), "{\"format\":\"steward-run\",\"version\":99}");

        assertRefused(
            folder,
            manifest + ": is version 99 of steward-run, this reader knows up to 1: use a newer Steward");
    }

    @Test
    void shouldRefuseWhenManifestIsOfAnotherProgram() throws IOException {
        Path manifest = Files.writeString(folder.resolve("run.json"), "{\"version\":1}");

        assertRefused(folder, manifest + ": not a steward-run file (its field format says so)");
    }

    private void assertRefused(Path argument, String message) {
        Cli.Outcome outcome = Cli.run("report", argument.toString());

        assertThat(outcome.err()).isEqualTo("steward: " + message + System.lineSeparator());
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
    }
}
