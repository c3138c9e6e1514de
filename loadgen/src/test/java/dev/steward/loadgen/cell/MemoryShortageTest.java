package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.CellRecord;
import dev.steward.strategy.LockStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each third event finds no memory: lost, told by a marker, printed, and accounted for. */
class MemoryShortageTest {
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
    }
}
