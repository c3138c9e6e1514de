package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import dev.steward.strategy.LockStrategy;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several cells in one process, as in a JVM that takes turns with others: none sees anything of the one before. */
class CellsInTurnTest {
    private static final int ATTEMPTS = 50;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRunCellsOfSeveralStrategiesOneAfterAnother(boolean ring) {
        // The first meets full queues, stalls and all kinds of churn; the second has next to nothing to do.
        CellReport busy = run(LockStrategy.RCU_ENTRY, ring, Setups.scenario(
            "smmus=2", "guests=2", "churn.threads=2", "churn.mix.viommu=20", "churn.mix.replace=70",
            "churn.mix.migrate=10", "churn.mix.move=0", "stalls=queue", "storm.stallShare=0.2", "veventq.depth=1",
            "vmm.wake=poll", "vmm.poll=5ms", "storm.rate=20k/s", "churn.rate=500/s", "invalidation.rate=10k/s",
            "warmup=0", "duration=100ms"), report -> report.ledger().lostInVeventq() > 0);
        CellReport calm = run(LockStrategy.MUTEX, ring, Setups.scenario(
            "storm.rate=2k/s", "churn.rate=0", "warmup=0", "duration=100ms"), report -> true);

        assertThat(busy.ledger().balance()).isZero();
        assertThat(busy.ledger().lostInVeventq()).isPositive();
        assertThat(busy.attach().syncs()).isPositive();
        assertThat(calm.ledger().balance()).isZero();
        assertThat(calm.ledger().generated()).as("at most what its schedule has").isBetween(1L, 300L)
            .isEqualTo(calm.ledger().delivered() + calm.ledger().notForwarded());
        assertThat(calm.oracles()).allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
        assertThat(calm.stalls()).isEqualTo(new CellRecord.Stalls(0, 0, 0, 0, 0, 0L, 0L));
        assertThat(calm.attach().operations()).isEmpty();
        assertThat(calm.attach().syncs()).as("those of the first attach of each device").isLessThan(100);
        assertThat(calm.invalidations()).isNull();
        assertThat(calm.guard().gracePeriods()).isZero();
        assertThat(calm.rates()).extracting(CellRecord.Rate::load).containsExactly("storm");
        assertThat(calm.threads()).hasSize(1);
        assertThat(threadsOfCells()).as("threads left").isEmpty();
    }

    /** The same cell, run again: the same arrivals and nothing added to the figures of the first. */
    @Test
    void shouldLeaveTheFiguresOfACellAloneWhenTheNextRuns() {
        Scenario scenario = Setups.scenario("storm.rate=2k/s", "churn.rate=200/s", "warmup=0", "duration=100ms");
        CellReport first = run(LockStrategy.SEQLOCK_STE, true, scenario, report -> true);
        CellRecord.Ledger ledger = first.ledger();
        CellReport second = run(LockStrategy.MUTEX, true, scenario, report -> true);

        assertThat(first.ledger()).isEqualTo(ledger);
        assertThat(first.rates().get(0).scheduled()).isEqualTo(second.rates().get(0).scheduled());
        assertThat(second.ledger().balance()).isZero();
    }

    /** On a machine that stalls for the whole window nothing is generated: then once more. */
    private static CellReport run(
        LockStrategy strategy, boolean ring, Scenario scenario, Predicate<CellReport> loaded) {
        CellReport report = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StreamPlan streams = StreamPlan.of(scenario, null);
            try (Cell cell = new Cell(
                Clock.SYSTEM, scenario, new Workloads(scenario, null, streams, 1), streams, strategy, ring)) {
                cell.run();
                report = cell.report();
                assertThat(cell.recorders().sum(Tags.EVENT_ENQUEUE).getTotalCount())
                    .isLessThanOrEqualTo(report.ledger().generated());
            }
            if (report.ledger().delivered() > 0 && report.rates().stream().allMatch(rate -> rate.done() > 0)
                && loaded.test(report)) {
                return report;
            }
        }
        return report;
    }

    static List<String> threadsOfCells() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
            .filter(name -> name.matches("(storm|handler|churn|invalidate)-.*|vmm|vmm-faults|hiccup")).toList();
    }
}
