package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.loadgen.run.CapacityTable;
import dev.steward.results.CapacityResult;
import dev.steward.results.CapacityResult.OfStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CapacityCommandTest {
    @TempDir
    private Path folder;
    private Cli.Outcome outcome;

    /** A bound that no machine breaks, and time for a few cells. A busy machine may still make all of them unfit. */
    @Test
    void shouldSearchWithRealCellsUntilTimeIsUp() throws IOException {
        int budgetS = 9;
        JsonNode result = search(budgetS);
        // Where even the first cell takes longer than that, and is cut short, there is more time.
        while (Files.notExists(firstLog(budgetS)) && budgetS < 9 << 4) {
            budgetS *= 2;
            result = search(budgetS);
        }
        Path out = out(budgetS);

        boolean held = result.path("strategies").get(0).path("heldPerSecond").asDouble() > 0;
        // On a busy machine two cells in a row may have started too few arrivals.
        assertThat(outcome.err().strip()).isIn(held ? List.of("") : List.of(
            "steward: no rate was decided to hold: time was up or cells were unfit before two equal trials",
            "steward: no strategy held the bound at any rate that was tried"));
        assertThat(outcome.code()).isEqualTo(held ? ExitCode.OK : ExitCode.FAILED);
        assertThat(outcome.out()).contains("Highest storm rate per SMMU that keeps event.max<=60s, path ring");
        assertThat(result.path("status").asText()).isEqualTo("complete");
        assertThat(result.path("strategies").get(0).path("end").asText()).isIn("budget", "unfit");
        JsonNode trials = result.path("strategies").get(0).path("trials");
        assertThat(trials.size()).isPositive();
        assertThat(firstLog(budgetS)).isNotEmptyFile();
        assertThat(Files.readString(out.resolve("capacity.txt")).lines())
            .allMatch(line -> line.length() <= 80);
    }

    private JsonNode search(int budgetS) throws IOException {
        outcome = Cli.run(
            "capacity", "--slo", "event.max<=60s", "--strategy", "mutex", "--storm", "1k/s", "--budget", budgetS + "s",
            "--set", "rehearsal=100ms", "--set", "warmup=0", "--set", "duration=1s", "--set", "churn.rate=0",
            "--out", out(budgetS).toString());
        return result(budgetS);
    }

    private Path firstLog(int budgetS) {
        return out(budgetS).resolve("cells").resolve("mutex-t01.hlog");
    }

    private Path out(int budgetS) {
        return folder.resolve("out-" + budgetS);
    }

    private JsonNode result(int budgetS) throws IOException {
        return new ObjectMapper().readTree(out(budgetS).resolve("capacity.json").toFile());
    }

    @Test
    void shouldNotSayThatNothingHeldWhereNothingWasDecided() {
        assertThat(CapacityTable.nothingFound(found(100.0, "broken"))).startsWith("no strategy held the bound");
        assertThat(CapacityTable.nothingFound(found(null, "broken"))).startsWith("no rate was decided");
        assertThat(CapacityTable.nothingFound(found(20_000.0, "held"))).startsWith("no rate was decided");
    }

    private static CapacityResult found(Double broken, String lastOutcome) {
        return new CapacityResult(
            "steward-capacity", 1, "complete", "./steward", "event.p99<=50us", "storm", "ring", 60_000, 59_000,
            Map.of(), List.of(new OfStrategy("mutex", 0, broken, List.of(), "budget", "late",
                List.of(new CapacityResult.Trial("mutex-t01", 10_000, lastOutcome, "late")))));
    }

    @Test
    void shouldLayTheResultOut() {
        CapacityResult result = new CapacityResult(
            "steward-capacity", 1, "complete", "./steward", "event.p99<=50us", "storm", "ring", 60_000, 59_000,
            Map.of(),
            List.of(
                new OfStrategy(
                    "mutex", 120_000, 130_000.0, List.of(120_000.0, 124_000.0), "resolved", "late", List.of()),
                new OfStrategy("unguarded", 2_500_000, null, List.of(2_500_000.0), "ceiling", null, List.of()),
                new OfStrategy("srcu", 0, 100.0, List.of(), "floor",
                    "storm: 78 of 79 arrivals of the window started in it (-1.3 %, limit 1 %)", List.of())));

        assertThat(CapacityTable.of(result).lines()).contains(
            "mutex                     120.0k/s  130.0k/s 120.0k/s to 124.0k/s  resolved",
            "unguarded                  2.50M/s         -  2.50M/s to 2.50M/s  ceiling",
            "srcu                             -     100/s                   -  floor",
            "  srcu, last not held: storm: 78 of 79 arrivals of the window started in it",
            "    (-1.3 %, limit 1 %)",
            "  resolved: found twice, within 10 %; ceiling: held at all that can be offered;",
            "    floor: the lowest rate breaks the bound.");
    }

    @Test
    void shouldRunNothingInADryRun() {
        Path out = folder.resolve("dry");
        Cli.Outcome dry = Cli.run("capacity", "--slo", "event.p50<=1ms", "--strategy", "mutex", "--storm", "10k/s",
            "--dry-run", "--out", out.toString());

        assertThat(dry.code()).isEqualTo(ExitCode.OK);
        assertThat(dry.out()).startsWith("Highest storm rate per SMMU that keeps event.p50<=1ms, path ring, from 10k/s")
            .contains("1 strategy: mutex.", "At most 10 min 00 s: about ");
        assertThat(out).doesNotExist();
    }

    @Test
    void shouldRefuseBadInputInOneLine() {
        assertRefused("missing required option: '--slo=BOUND'");
        assertRefused("--slo: 'event.p99' is no bound; write for example event.p99.9<=50us;", "--slo", "event.p99");
        assertRefused(
            "--find: 'locks' is no load; allowed: storm, churn", "--slo", "event.p99<=1ms", "--find", "locks");
        assertRefused("--budget: '5' is not a duration;", "--slo", "event.p99<=1ms", "--budget", "5");
        assertRefused(
            "--budget: too short to decide one rate of 1 strategy, which takes 2 cells; at least ",
            "--slo", "event.p99<=1ms", "--budget", "1s", "--strategy", "mutex");
        assertRefused("--set path=both: a search goes one way;", "--slo", "event.p99<=1ms", "--set", "path=both");
    }

    private static void assertRefused(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "capacity";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Cli.Outcome outcome = Cli.run(all);

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith("steward: " + message);
        assertThat(outcome.err().lines()).hasSize(1);
    }
}
