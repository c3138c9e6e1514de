package dev.steward.loadgen.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.design.KernelDesign;
import dev.steward.strategy.StrategyInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every design through a whole cell, with vIOMMUs that come and go and devices that are plugged. */
class DesignCellTest {
    private static final String[] SETTINGS = {
        "streams=4", "viommus=2", "storm.rate=10k/s", "churn.rate=1k/s", "section=5us", "warmup=0",
        "churn.mix.viommu=10", "churn.mix.unplug=10", "duration=100ms"};

    @ParameterizedTest
    @EnumSource
    void shouldAccountForEveryEventAndKeepWhatItPromises(KernelDesign design) {
        for (boolean ring : new boolean[] {false, true}) {
            Cell cell = Beds.run(Beds.scenario(SETTINGS), design, ring);
            CellFigures figures = new CellFigures(cell);
            CellResult.Ledger ledger = figures.ledger();
            assertThat(ledger.balance()).isZero();
            assertThat(ledger.misreported()).as("no design meets a destroyed vIOMMU").isZero();
            assertThat(figures.oracles(ledger.balance()))
                .filteredOn(oracle -> design.info().quiescence() == StrategyInfo.Quiescence.AT_COMMIT
                    || !oracle.name().equals(Oracle.AFTER_ATTACH_RETURNED.label()))
                .allSatisfy(oracle -> assertThat(oracle.violations()).as(oracle.name()).isZero());
        }
    }
}
