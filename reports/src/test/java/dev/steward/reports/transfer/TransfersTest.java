package dev.steward.reports.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.reports.Transferred;
import dev.steward.results.JsonFile;
import dev.steward.results.RunManifest.EnvironmentEntry;
import dev.steward.results.TransferResult;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransfersTest {
    private static final String HERE = Transfers.machine(
        List.of(new EnvironmentEntry("cpu", "Here"), new EnvironmentEntry("logical cpus", "2")));

    @TempDir
    private Path folder;

    private Path write(String name, Transferred transfer) throws IOException {
        Path file = Files.createDirectories(folder.resolve(name)).resolve(TransferResult.FILE);
        JsonFile.write(file, transfer.result());
        return file;
    }

    @Test
    void shouldTakeTheLatestOfTheMachine() throws IOException {
        write("b", new Transferred().on("Here").at("2026-11-01T00:00:00Z"));
        write("a", new Transferred().on("Here").at("2026-11-02T00:00:00Z"));
        write("c", new Transferred().on("There").at("2026-11-03T00:00:00Z"));
        Files.writeString(Files.createDirectories(folder.resolve("d")).resolve(TransferResult.FILE), "{");

        assertThat(new Transfers(folder, Path.of("none")).of(HERE).result().createdAt()).startsWith("2026-11-02");
    }

    /** It would take from the locks that it leaves out what the earlier one has confirmed. */
    @Test
    void shouldNotTakeALaterOneOfSomeLocks() throws IOException {
        write("all", new Transferred().on("Here").at("2026-11-01T00:00:00Z"));
        write("some", new Transferred().on("Here").at("2026-11-02T00:00:00Z")
            .by("./steward transfer --strategy mutex,rwsem"));

        assertThat(new Transfers(folder, Path.of("none")).of(HERE).result().createdAt()).startsWith("2026-11-01");
    }

    /** Nothing is certain of so few JVMs. */
    @Test
    void shouldNotTakeALaterOneThatWasInterruptedEarly() throws IOException {
        write("whole", new Transferred().on("Here").at("2026-11-01T00:00:00Z"));
        write("part", new Transferred().on("Here").at("2026-11-02T00:00:00Z")
            .generations(TransferResult.FEWEST_GENERATIONS - 1));

        assertThat(new Transfers(folder, Path.of("none")).of(HERE).result().createdAt()).startsWith("2026-11-01");
    }

    @Test
    void shouldNotTakeAMachineWhoseNameBeginsAlike() throws IOException {
        write("a", new Transferred().on("Here"));

        assertThat(new Transfers(folder, Path.of("none")).of(HERE.replace("cpu Here", "cpu Here 9654")))
            .isSameAs(Transfer.NONE);
    }

    @Test
    void shouldNotTakeOneThatDoesNotSayOfWhichMachineItIs() throws IOException {
        Path file = write("a", new Transferred().on("Here"));
        assertThat(new Transfers(folder, Path.of("none")).of(HERE.replace("cpu Here", "host cpu Here")))
            .as("another fact").isSameAs(Transfer.NONE);
        Files.writeString(file, Files.readString(file).replace("\"cpu\"", "\"processor\""));

        assertThat(new Transfers(folder, Path.of("none")).of(HERE)).isSameAs(Transfer.NONE);
    }

    @Test
    void shouldTakeTheShippedOneWhereTheMachineHasNone() throws IOException {
        Path shipped = write("shipped", new Transferred().on("There"));

        assertThat(new Transfers(folder.resolve("none"), shipped).of(HERE).result().environment().get(0).value())
            .isEqualTo("There");
        assertThat(new Transfers(folder.resolve("none"), folder.resolve("none")).of(HERE)).isSameAs(Transfer.NONE);
    }

    @Test
    void shouldKnowATransferByItsContentsAndRefuseABrokenOneInOneLine() throws IOException {
        Path file = write("a", new Transferred());
        Path cut = Files.writeString(folder.resolve("cut.json"), Files.readString(file).substring(0, 400));
        Path foreign = Files.writeString(folder.resolve("foreign.json"), "[]");

        assertThat(Transfers.isOne(file)).isTrue();
        assertThat(Transfers.isOne(file.getParent())).isTrue();
        assertThat(Transfers.isOne(cut)).isTrue();
        assertThat(Transfers.isOne(foreign)).isFalse();
        assertThat(Transfers.read(file.getParent()).result().command()).isEqualTo("./steward transfer");
        assertThatThrownBy(() -> Transfers.read(cut)).isInstanceOf(UnreadableResultsException.class)
            .hasMessageStartingWith(cut + ": ").hasMessageNotContaining("\n");
        assertThatThrownBy(() -> Transfers.read(folder)).isInstanceOf(UnreadableResultsException.class)
            .hasMessage(folder.resolve(TransferResult.FILE) + ": the file is missing");
    }
}
