package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.design.KernelDesign;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.CellRecord;
import dev.steward.strategy.Quiescence;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every design through a whole cell: vIOMMUs that come and go, devices that are plugged or go to another guest. */
class DesignCellTest {
    private static final String[] SETTINGS = {
        "streams=4", "viommus=2", "storm.rate=10k/s", "churn.rate=1k/s", "section=5us", "warmup=0",
        "churn.mix.viommu=10", "churn.mix.unplug=10", "duration=100ms"};

    @ParameterizedTest
    @EnumSource
    void shouldAccountForEveryEventAndKeepWhatItPromises(KernelDesign design) {
        for (boolean ring : new boolean[] {false, true}) {
            run(design, ring, Setups.scenario(SETTINGS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepItToDevicesWithSeveralStreams(KernelDesign design) {
        String[] settings = Arrays.copyOf(SETTINGS, SETTINGS.length + 2);
        settings[SETTINGS.length] = "streams=8";
        settings[SETTINGS.length + 1] = "streamsPerDevice=4";
        run(design, true, Setups.scenario(settings));
    }

    private static void run(KernelDesign design, boolean ring, Scenario scenario) {
        Cell cell = WholeCells.run(scenario, design, ring);
        CellReport report = cell.report();
        CellRecord.Ledger ledger = report.ledger();
        assertThat(ledger.balance()).isZero();
        boolean atCommit = design.description().quiescence() == Quiescence.AT_COMMIT;
        if (atCommit) {
            // One whose attach is deferred may reach the old vIOMMU when its vEVENTQ is gone already.
            assertThat(ledger.misreported()).isZero();
        }
        assertThat(report.oracles())
            .filteredOn(oracle -> atCommit || !oracle.name().equals(Oracle.AFTER_ATTACH_RETURNED.label()))
            .allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
    }
}
