package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.reports.guide.GridReader;
import dev.steward.results.GridData;
import dev.steward.strategy.StrategyDescription;
import org.junit.jupiter.api.Test;

class GuideCommandTest {
    /** The grid is measured seldom; the rules that it names are those of today. */
    @Test
    void shouldShipGridWithRulesThatStrategiesHave() {
        GridData grid = GridReader.read(GridChoice.measured(GridChoice.DEFAULT));
        assertThat(grid.strategies()).isNotEmpty().allSatisfy(shipped -> {
            StrategyDescription description = Strategies.byName(shipped.name()).orElseThrow().description();
            assertThat(shipped.kernelPrimitive()).isEqualTo(description.kernelPrimitive());
            assertThat(shipped.context()).isEqualTo(description.context());
            assertThat(shipped.hardInterrupt()).isEqualTo(description.usage().hardInterrupt());
            assertThat(shipped.reportMaySleep()).isEqualTo(description.usage().reportMaySleep());
            assertThat(shipped.attachWaitsFor()).isEqualTo(description.usage().attachWait().word());
            assertThat(shipped.simplicity()).isEqualTo(description.simplicity().place().getAsInt());
        });
    }

    @Test
    void shouldLeavePlainRcuOutWhereReportSleeps() {
        Cli.Outcome outcome = Cli.run("guide", "--events", "100k/s", "--attach", "200/s", "--streams", "1024",
            "--section", "500ns", "--report-sleeps");

        assertThat(outcome.out()).containsPattern("rcu-entry: the report must not sleep")
            .containsPattern("rcu-page:qsbr: the report must not sleep").doesNotContain("mutex: the report");
    }
}
