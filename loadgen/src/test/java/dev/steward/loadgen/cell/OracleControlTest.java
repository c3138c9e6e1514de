package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.EarlyValidTable;
import dev.steward.engine.stream.StreamTable;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.selfcheck.BrokenStrategy;
import dev.steward.results.CellRecord;
import dev.steward.results.Reason;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole cells with a guard that is broken on purpose: the oracle that should see it does, and the cell is refused.
 * Beside the controls of the self-test, of which every oracle has one.
 */
class OracleControlTest {
    private static final long LIMIT_NS = 120_000_000_000L;
    private static final int LONGEST_MS = 8_000;

    @Test
    void shouldCatchEventsThatMissTheirVIommu() {
        assertCaught(Oracle.AFTER_ATTACH_RETURNED, (sink, viommu, id) -> ReportSink.NOT_ATTACHED);
        assertCaught(Oracle.AFTER_ATTACH_RETURNED, (sink, viommu, id) -> ReportSink.UNKNOWN_STREAM);
    }

    @Test
    void shouldCatchEventsThatAreReportedTwice() {
        Cell cell = run(Oracle.STREAM_ORDER, (sink, viommu, id) -> {
            sink.report(viommu, id);
            return sink.report(viommu, id);
        });

        assertThat(violations(cell, Oracle.STREAM_ORDER)).isPositive();
        assertThat(violations(cell, Oracle.CONSERVATION)).isEqualTo(1);
    }

    @Test
    void shouldCatchStallsThatAreQueuedTwice() {
        Cell cell = runStalling(Oracle.STREAM_ORDER, (sink, viommu, id) -> {
            sink.report(viommu, id);
            return sink.report(viommu, id);
        });

        assertThat(violations(cell, Oracle.RESUMED_ONCE)).isPositive();
        assertThat(violations(cell, Oracle.STREAM_ORDER)).isPositive();
    }

    @Test
    void shouldCatchStallsThatAreSwallowed() {
        Cell cell = runStalling(Oracle.RESUMED_ONCE, (sink, viommu, id) -> 0);
        CellRecord.Stalls stalls = cell.report().stalls();

        assertThat(violations(cell, Oracle.RESUMED_ONCE)).isPositive()
            .isEqualTo(stalls.queued() - stalls.answered() - stalls.answeredAutomatically());
    }

    @Test
    void shouldCatchStallsThatMissTheirMaster() {
        Cell cell = runStalling(Oracle.AFTER_ATTACH_RETURNED, (sink, viommu, id) -> ReportSink.UNKNOWN_STREAM);

        assertThat(violations(cell, Oracle.AFTER_ATTACH_RETURNED)).isPositive();
    }

    @Test
    void shouldCatchEntriesThatAreValidBeforeAllTheirWordsAreStored() {
        Cell cell = runInjected(Oracle.MIXED_STE, new Injection() {
            @Override
            public StreamTable streamTable(StreamTable table) {
                return new EarlyValidTable(table);
            }
        });

        assertThat(violations(cell, Oracle.MIXED_STE)).isPositive();
        assertThat(reasons(cell)).anyMatch(reason -> reason.startsWith("oracle mixed-ste: "));
    }

    private static Cell runInjected(Oracle oracle, Injection injection) {
        Scenario scenario = Setups.scenario("storm.rate=2k/s", "churn.rate=2k/s", "warmup=0", "duration=100ms");
        return WholeCells.runUntil(scenario, LockStrategy.MUTEX, false, injection, cell ->
            violations(cell, oracle) > 0);
    }

    /** Every fault of these ids stalls and waits in a fault queue. */
    private static Cell runStalling(Oracle oracle, BrokenStrategy.Fault fault) {
        Scenario scenario = Setups.scenario(
            "stalls=queue", "storm.stallShare=1", "storm.mix.C_BAD_CD=0", "storm.mix.F_TRANSL_FORBIDDEN=0",
            "storm.rate=2k/s", "churn.rate=200/s", "warmup=0", "duration=100ms");
        return runUntilSeen(oracle, scenario, fault);
    }

    /**
     * Caught by the attach side, which finds a report to the old vIOMMU under way when its commit has returned, and by
     * the event side when the handler goes in with an attachment that was replaced meanwhile. A long section makes the
     * first likely; on a machine with no core for it the load gets more time.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCatchTheUnguardedUnderChurn(boolean ring) {
        long begin = System.nanoTime();
        for (int durationMs = 100; System.nanoTime() - begin < LIMIT_NS;
            durationMs = Math.min(LONGEST_MS, 2 * durationMs)) {
            Scenario scenario = Setups.scenario(
                "streams=2", "viommus=2", "storm.rate=2k/s", "churn.rate=1k/s", "section=200us", "warmup=0",
                "churn.within=any", "churn.mix.replace=1", "churn.mix.same-viommu=0", "churn.mix.block=0",
                "churn.mix.move=0", "duration=" + durationMs + "ms");
            Cell cell = WholeCells.run(scenario, LockStrategy.UNGUARDED, ring);
            CellRecord.Oracle late = result(cell, Oracle.AFTER_ATTACH_RETURNED);
            if (late.violations() > 0) {
                System.out.printf("unguarded, %s: caught after %d ms, %d of %d checks in %d ms%n",
                    ring ? "ring" : "inline", late.firstAtMs(), late.violations(), late.checks(), durationMs);
                assertThat(reasons(cell)).anyMatch(reason -> reason.startsWith("oracle after-attach-returned: "));
                return;
            }
        }
        assertThat(false).as("unguarded was caught within two minutes").isTrue();
    }

    /** Stale deliveries until the destroy are what a deferred attach is: seen and counted, but no reason against it. */
    @Test
    void shouldCountStaleDeliveriesOfDeferredAttachWithoutHoldingThemAgainstIt() {
        Strategy deferred = Strategies.byName("rcu-entry:deferred").orElseThrow();
        long begin = System.nanoTime();
        for (int durationMs = 100; System.nanoTime() - begin < LIMIT_NS;
            durationMs = Math.min(LONGEST_MS, 2 * durationMs)) {
            Scenario scenario = Setups.scenario(
                "streams=2", "viommus=2", "storm.rate=2k/s", "churn.rate=1k/s", "section=200us", "warmup=0",
                "churn.within=any", "churn.mix.replace=1", "churn.mix.same-viommu=0", "churn.mix.block=0",
                "churn.mix.move=0", "duration=" + durationMs + "ms");
            Cell cell = WholeCells.run(scenario, deferred, true);
            if (violations(cell, Oracle.AFTER_ATTACH_RETURNED) > 0) {
                assertThat(reasons(cell)).anyMatch(reason -> reason.startsWith("oracle after-attach-returned: "));
                assertThat(CellWriter.judged(deferred.description().quiescence(), oracles(cell)))
                    .hasSize(Oracle.values().length - 1)
                    .allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
                return;
            }
        }
        assertThat(false).as("a stale delivery was seen within two minutes").isTrue();
    }

    private static void assertCaught(Oracle oracle, BrokenStrategy.Fault fault) {
        Cell cell = run(oracle, fault);

        assertThat(violations(cell, oracle)).isPositive();
        assertThat(result(cell, oracle).firstAtMs()).isNotNull().isNotNegative();
        assertThat(reasons(cell)).anyMatch(reason -> reason.startsWith("oracle " + oracle.label() + ": "));
    }

    private static Cell run(Oracle oracle, BrokenStrategy.Fault fault) {
        Scenario scenario = Setups.scenario("storm.rate=2k/s", "churn.rate=200/s", "warmup=0", "duration=100ms");
        return runUntilSeen(oracle, scenario, fault);
    }

    /** An oracle that is blind stays so however often the cell is run; one that had nothing to see gets more. */
    private static Cell runUntilSeen(Oracle oracle, Scenario scenario, BrokenStrategy.Fault fault) {
        return WholeCells.runUntil(scenario, new BrokenStrategy(fault), false, cell ->
            cell.report().ledger().generated() > 50 && violations(cell, oracle) > 0);
    }

    private static long violations(Cell cell, Oracle oracle) {
        return result(cell, oracle).violations();
    }

    private static CellRecord.Oracle result(Cell cell, Oracle oracle) {
        return oracles(cell).stream().filter(one -> one.name().equals(oracle.label())).findFirst().orElseThrow();
    }

    private static List<String> reasons(Cell cell) {
        CellReport report = cell.report();
        return CellVerdict.reasons(
            report.rates(), report.ledger(), report.stalls().refused(), report.oracles(), 1, false).stream()
            .map(Reason::sentence).toList();
    }

    private static List<CellRecord.Oracle> oracles(Cell cell) {
        CellReport report = cell.report();
        return report.oracles();
    }
}
