package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {
    @TempDir
    private Path folder;
    private Path log;

    @BeforeEach
    void writeLog() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append(String.format(" irq-48 [002] .... 9.%06d: io_page_fault: IOMMU:[drv] 0000:05:00.%d "
                + "iova=0x0000000091482640 flags=0x0000%n", i * 200, i % 4));
            text.append(String.format(
                " qemu-9 [002] .... 9.%06d: attach_device_to_domain: IOMMU: device=0000:05:00.%d%n",
                i * 200 + 100, i % 4));
        }
        text.append(" qemu-9 [002] .... 9.100000: map: IOMMU: iova=0x0 - 0x2000 paddr=0x1110f8000 size=8192\n");
        log = Files.writeString(folder.resolve("a.trace"), text);
    }

    @Test
    void shouldSayWhatItWouldPlayAndRunNothing() {
        Cli.Outcome outcome = Cli.run("replay", "--dry-run", "--speed", "2", log.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).containsExactly(
            "log: " + log + ", 201 lines, 18.8 kB",
            "used: ftrace-iommu: 100 events, 100 attach operations",
            "skipped: ftrace-iommu: 1, map and unmap: no attach and no fault; first " + log + ":201",
            "offered: 100 events, 100 attach operations of 4 devices in 9.95 ms at speed 2",
            "window: each of 30 cells plays them again and again for 2.80 s: 10.0k events/s, 10.0k attaches/s");
    }

    @Test
    void shouldCompareStrategiesUnderALog() throws IOException {
        int durationMs = 200;
        Cli.Outcome outcome = replay(durationMs);
        // On a machine that stalls the load is given up or the cells are INVALID: then once more, and longer.
        while ((!isLoaded(firstCell(out(durationMs))) || !outcome.err().isEmpty()) && durationMs < 200 << 5) {
            durationMs *= 2;
            outcome = replay(durationMs);
        }
        Path out = out(durationMs);
        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("2 cells, about ").contains("report: " + out.resolve("report.txt"));
        assertThat(run.path("status").asText()).isEqualTo("complete");
        assertThat(run.path("replay").path("events").asInt()).isEqualTo(100);
        assertThat(run.path("replay").path("attaches").asInt()).isEqualTo(100);
        assertThat(Cli.run("report", out.toString()).code()).isZero();
        assertThat(Files.readString(out.resolve("report.txt")))
            .containsPattern("played +ftrace-iommu: events 100, attach operations 100")
            .containsPattern("not played +ftrace-iommu: 1, map and unmap");
        JsonNode cell = firstCell(out);
        assertThat(cell.path("ledger").path("balance").asInt()).isZero();
        assertThat(cell.path("ledger").path("generated").asInt()).isGreaterThan(100);
        assertThat(cell.path("attach").path("sameViommu").asInt()).isPositive();
    }

    private Cli.Outcome replay(int durationMs) {
        return Cli.run(
            "replay", log.toString(), "--strategy", "mutex,rcu-page", "--out", out(durationMs).toString(), "--loop",
            "--set", "repeats=1", "--set", "duration=" + durationMs + "ms", "--set", "path=inline");
    }

    private Path out(int durationMs) {
        return folder.resolve("out-" + durationMs);
    }

    private static JsonNode firstCell(Path out) throws IOException {
        JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        return new ObjectMapper().readTree(
            out.resolve("cells").resolve(run.path("cells").get(0).path("id").asText() + ".json").toFile());
    }

    private static boolean isLoaded(JsonNode cell) {
        return cell.path("ledger").path("generated").asInt() > 100
            && cell.path("attach").path("sameViommu").asInt() > 0;
    }

    @Test
    void shouldRefuseBadInputInOneLine() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.log"));

        assertRefused(empty + ": empty: expected a kernel log", "replay", empty.toString());
        assertRefused("--speed: ", "replay", log.toString(), "--speed", "0");
        assertRefused("--gap: ", "replay", log.toString(), "--gap", "5");
        assertRefused("smmus: a replay plays all devices of its logs behind one SMMU; allowed: 1",
            "replay", log.toString(), "--set", "smmus=2", "--out", folder.resolve("x").toString());
        assertRefused("missing required parameter: 'LOG'", "replay");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private static void assertRefused(String message, String... arguments) {
        Cli.Outcome outcome = Cli.run(arguments);

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: " + message);
        assertThat(outcome.err().lines()).hasSize(1);
    }
}
