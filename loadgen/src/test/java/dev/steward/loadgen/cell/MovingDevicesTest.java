package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.results.CellRecord;
import dev.steward.strategy.LockStrategy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cells in which devices go from guest to guest, each with a context of its own. */
class MovingDevicesTest {
    /** A device leaves its guest while its events are queued, in the handler, and stalled in the fault queue. */
    @ParameterizedTest
    @MethodSource("dev.steward.loadgen.cell.CellTest#cells")
    void shouldBreakNoPromiseWhenDevicesMoveWithTheirEventsInFlight(LockStrategy strategy, boolean ring) {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "streams=4", "viommus=2", "churn.threads=2", "churn.mix.same-viommu=10", "churn.mix.block=0",
                "churn.mix.move=90", "churn.mix.viommu=10", "stalls=queue", "storm.stallShare=0.2",
                "vmm.responseDelay=2ms", "storm.rate=20k/s", "churn.rate=1k/s", "section=10us", "steSync=5us",
                "warmup=0", "duration=100ms"),
            strategy,
            ring,
            any -> strategy.description().ranked() && WholeCells.brokeAPromise(any)
                || any.report().deliveries().right() > 0 && any.report().stalls().answeredAutomatically() > 0
                && WholeCells.churns(any).stream().allMatch(churn -> churn.done(ChurnKind.MOVE) > 0));

        CellReport report = cell.report();
        assertThat(report.ledger().balance()).isZero();
        assertThat(report.ledger().unknownStream()).as("the driver keeps the device").isZero();
        assertThat(report.stalls().answeredAutomatically()).isPositive();
        assertThat(WholeCells.churns(cell)).allSatisfy(churn -> assertThat(churn.done(ChurnKind.MOVE)).isPositive());
        if (strategy.description().ranked()) {
            assertThat(cell.report().oracles()).allSatisfy(oracle ->
                assertThat(oracle.violations()).as(oracle.name()).isZero());
            assertThat(crossGuest(cell, "W1")).as("no entry is replaced by that of another guest").isZero();
        }
    }

    /** The churn that VMMs produce, as the scenario that ships has it. */
    @Test
    void shouldSendNoEventToAnotherGuestInW1UnderTheDefaultChurn() {
        Scenario scenario = new ScenarioBuilder()
            .file(Path.of(System.getProperty("basedir", "."), "..", "scenarios", "default.yaml"))
            .override("storm.events=synthetic").override("storm.skew=uniform").override("churn.rate=5k/s")
            .override("section=10us").override("steSync=20us").override("warmup=0").override("duration=300ms").build();
        Cell cell = WholeCells.runUntil(scenario, LockStrategy.MUTEX, false, any ->
            any.report().deliveries().right() > 0 && WholeCells.churns(any).get(0).done(ChurnKind.MOVE) > 10);

        assertThat(scenario.text(ScenarioKey.CHURN_WITHIN)).isEqualTo("guest");
        assertThat(WholeCells.churns(cell).get(0).done(ChurnKind.MOVE)).isPositive();
        assertThat(crossGuest(cell, "W1")).isZero();
    }

    /** The hazard of drivers as released, no broken promise: the handler is in the report when a detach ends. */
    @Test
    void shouldCountStalledFaultsThroughFreedHandlesWithoutFence() {
        Cell cell = WholeCells.runUntil(
            Setups.scenario(
                "streams=4", "viommus=2", "churn.mix.same-viommu=0", "churn.mix.block=0", "churn.mix.move=0",
                "churn.mix.detach-attach=1", "stalls=queue", "fence=none", "storm.stallShare=1",
                "cost.faultAllocation=500us", "storm.rate=2k/s", "churn.rate=5k/s", "warmup=0", "duration=100ms"),
            LockStrategy.UNGUARDED,
            true,
            any -> any.report().stalls().throughFreedHandle() > 0);

        CellReport report = cell.report();
        assertThat(report.ledger().balance()).isZero();
        assertThat(report.stalls().throughFreedHandle()).isPositive();
        assertThat(report.oracles()).filteredOn(oracle -> oracle.name().equals(Oracle.FAULT_FENCE.label()))
            .singleElement().returns(0L, CellRecord.Oracle::violations);
    }

    private static long crossGuest(Cell cell, String name) {
        return cell.report().deliveries().windows().stream().filter(window -> window.window().equals(name))
            .mapToLong(CellRecord.WindowCount::crossGuest).sum();
    }
}
