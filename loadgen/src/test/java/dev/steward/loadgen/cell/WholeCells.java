package dev.steward.loadgen.cell;

import dev.steward.loadgen.load.ChurnLoad;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CellRecord;
import dev.steward.strategy.Strategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs whole cells in this JVM. */
final class WholeCells {
    private static final int ATTEMPTS = 10;
    /** Of the longest attempt, so that the test ends on any machine. */
    private static final long LONGEST_NS = 8_000_000_000L;

    private WholeCells() {
    }

    /** Runs a whole cell in this JVM. */
    static Cell run(Scenario scenario, Strategy strategy, boolean ring) {
        return run(scenario, strategy, ring, ledger -> ledger.delivered() > 0);
    }

    /** As {@link #runUntil}, for a test that asks for nothing but the ledger. */
    static Cell run(
        Scenario scenario, Strategy strategy, boolean ring, Predicate<CellRecord.Ledger> loaded) {
        return runUntil(scenario, strategy, ring, cell -> loaded.test(cell.report().ledger()));
    }

    /**
     * Runs a whole cell in this JVM. On a machine that stalls for longer than the window the load is given up before it
     * did what the test is about: then once more, and longer. Every attempt must balance.
     *
     * @param loaded whether everything has happened that the test asks for, and not only whether there was some load.
     */
    static Cell runUntil(Scenario scenario, Strategy strategy, boolean ring, Predicate<Cell> loaded) {
        return runUntil(scenario, strategy, ring, Injection.NONE, loaded);
    }

    /** The same with something that is wrong on purpose. */
    static Cell runUntil(
        Scenario scenario, Strategy strategy, boolean ring, Injection injection, Predicate<Cell> loaded) {
        Scenario longer = scenario;
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Cell cell = runOnce(longer, strategy, ring, injection);
            if (cell.report().ledger().balance() != 0 || loaded.test(cell)) {
                return cell;
            }
            longer = twiceAsLong(longer);
        }
        return runOnce(longer, strategy, ring, injection);
    }

    /** For a test that promises that none is broken: such a cell is never run over again. */
    static boolean brokeAPromise(Cell cell) {
        CellReport report = cell.report();
        return report.oracles().stream().anyMatch(oracle -> oracle.violations() > 0);
    }

    static List<ChurnLoad> churns(Cell cell) {
        return cell.smmus().stream().flatMap(smmu -> smmu.churns().stream()).toList();
    }

    private static Scenario twiceAsLong(Scenario scenario) {
        Map<String, String> settings = new LinkedHashMap<>(scenario.settings());
        long durationNs = Math.min(LONGEST_NS, 2 * scenario.durationNs(ScenarioKey.DURATION));
        settings.put("duration", durationNs + "ns");
        return Scenario.ofSettings(settings);
    }

    private static Cell runOnce(Scenario scenario, Strategy strategy, boolean ring, Injection injection) {
        StreamPlan streams = StreamPlan.of(scenario, null);
        Cell cell = new Cell(
            Clock.SYSTEM, scenario, new Workloads(scenario, null, streams, 1), streams, strategy, ring, injection);
        cell.run();
        return cell;
    }
}
