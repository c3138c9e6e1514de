package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.CellRecord;
import dev.steward.strategy.LockStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each n-th operation finds no memory: what it leaves is as it was, and every event is accounted for. */
class MemoryShortageTest {
    /** Lost, told by a marker, printed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAccountForEventsThatFindNoMemory(boolean ring) {
        Scenario scenario = Setups.scenario(
            "fault.nth=3", "storm.rate=5k/s", "churn.rate=100/s", "warmup=0", "duration=100ms");
        Cell cell = WholeCells.run(scenario, LockStrategy.MUTEX, ring, ledger -> ledger.lostInVeventq() > 0);
        CellRecord.Ledger ledger = cell.report().ledger();

        assertThat(ledger.balance()).isZero();
        assertThat(ledger.delivered()).isPositive();
        CellRecord.Prints prints = cell.report().prints();
        assertThat(prints.events() + prints.suppressed()).as("a full queue prints nothing, want of memory does")
            .isGreaterThan(ledger.unattached() + ledger.unknownStream() + ledger.notForwarded()
                + ledger.misreported());
        assertThat(cell.report().oracles()).filteredOn(oracle -> oracle.name().equals("sequence-gap"))
            .singleElement().returns(0L, CellRecord.Oracle::violations);
        assertThat(cell.report().injectedFailures()).isGreaterThanOrEqualTo(ledger.lostInVeventq());
    }

    /** Odd: the core finds none for the handle; even: the driver finds none. */
    @ParameterizedTest
    @CsvSource({"attach, 3", "attach, 4", "replace, 3", "replace, 4", "replace, 1001", "vdevice, 2", "fault-queue, 1",
        "fault-queue, 3"})
    void shouldBreakNoPromiseWhereAnOperationFindsNoMemory(String operation, int nth) {
        Scenario scenario = Setups.scenario(
            "fault.operation=" + operation, "fault.nth=" + nth, "streams=8", "viommus=4", "stalls=queue",
            "fence=software", "storm.stallShare=0.3", "storm.rate=5k/s", "churn.rate=2k/s", "guests=2",
            "churn.mix.replace=30", "churn.mix.detach-attach=30", "churn.mix.vdevice=30", "churn.mix.viommu=30",
            "warmup=0", "duration=100ms");
        Cell cell = WholeCells.runUntil(
            scenario, LockStrategy.MUTEX, true, any -> any.report().injectedFailures() > 0);
        long failures = cell.report().injectedFailures();

        assertThat(failures).isPositive();
        assertThat(cell.report().ledger().balance()).isZero();
        assertThat(cell.report().oracles()).allSatisfy(
            oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
        assertThat(cell.report().oracles()).filteredOn(oracle -> oracle.name().equals(Oracle.KEPT_ATTACHMENT.label()))
            .singleElement().returns(operation.equals("fault-queue") ? 0L : failures, CellRecord.Oracle::checks);
    }

    /** Else most events would have an id that their device no longer has. */
    @ParameterizedTest
    @ValueSource(strings = {"churn.mix.replace", "churn.mix.vdevice"})
    void shouldTakeTheVdeviceBackWhenTheReplaceFails(String kind) {
        Scenario scenario = Setups.scenario(
            "fault.operation=replace", "fault.nth=3", "guests=2", "storm.rate=5k/s", "churn.rate=100/s",
            "churn.mix.same-viommu=0", "churn.mix.block=0", "churn.mix.move=0", kind + "=1", "warmup=0",
            "duration=300ms");
        // A churn that loses its CPU in an operation leaves the ids apart for as long: then once more, and longer.
        Cell cell = WholeCells.runUntil(scenario, LockStrategy.MUTEX, false,
            any -> any.report().injectedFailures() >= 8 && any.report().deliveries().right() >= 500
                && 6 * missed(any) < any.report().deliveries().right());

        assertThat(6 * missed(cell)).isLessThan(cell.report().deliveries().right());
    }

    private static long missed(Cell cell) {
        return cell.report().deliveries().windows().stream()
            .mapToLong(window -> window.staleSameGuest() + window.crossGuest() + window.lost()).sum();
    }

    @Test
    void shouldCountNothingWhereNothingIsToFail() {
        Cell cell = WholeCells.run(
            Setups.scenario("storm.rate=1k/s", "churn.rate=100/s", "warmup=0", "duration=50ms"), LockStrategy.MUTEX,
            true);

        assertThat(cell.report().injectedFailures()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"attach, 2", "replace, 2", "vdevice, 1"})
    void shouldRefuseAnOperationThatNeverSucceeds(String operation, int nth) {
        assertThatThrownBy(() -> Setups.scenario("fault.operation=" + operation, "fault.nth=" + nth))
            .isInstanceOf(ScenarioException.class)
            .hasMessageContaining("fault.nth: " + nth + " with fault.operation=" + operation
                + " never lets it succeed; allowed: 0, or " + (nth + 1) + " and more");
    }
}
