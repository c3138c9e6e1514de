package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is built or measured. */
final class TransferCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = Path.of("..", "grids", "transfer.json");

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseFiguresThatItMeasuresItself() {
        assertRefused(SHIPPED, "holds figures of a JVM or of C, which this run measures itself; allowed: of a kernel");
    }

    @Test
    void shouldRefuseTwoFiguresOfOneLoadAndAnotherTable() throws IOException {
        ObjectNode kernel = (ObjectNode) JSON.readTree(Files.readString(SHIPPED));
        ObjectNode figure = (ObjectNode) kernel.path("figures").get(0);
        figure.put("world", "kernel").put("lock", "spinlock_t");
        kernel.putArray("figures").add(figure).add(figure);
        assertRefused(write(kernel), "spinlock_t has a second figure for the same load; allowed: one kernel, once");
        kernel.put("entries", 64);
        assertRefused(write(kernel), "its table has 64 entries; allowed: 4096");
    }

    private Path write(ObjectNode document) throws IOException {
        return Files.writeString(folder.resolve("kernel.json"), document.toString());
    }

    private void assertRefused(Path file, String reason) {
        Cli.Outcome outcome =
            Cli.run("transfer", "--with", file.toString(), "--out", folder.resolve("out").toString());

        assertThat(outcome.err()).startsWith("steward: --with: " + file + ": " + reason);
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
