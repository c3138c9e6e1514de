package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatioTest {
    @Test
    void shouldTakeNeighboursTogether() {
        // The machine was slower in the second half for both: no part of the ratio.
        Ratio ratio = Ratio.of(new double[] {20, 20, 40, 40}, new double[] {10, 10, 20, 20}, 0.95);

        assertThat(ratio.value()).isCloseTo(2, within(1e-12));
        assertThat(ratio.interval().high() - ratio.interval().low()).isCloseTo(0, within(1e-12));
    }

    @Test
    void shouldGiveStudentsIntervalOfTheLogarithms() {
        // Logarithms 0 and 2: mean 1, deviation of the mean 1, and t of one degree at 95 % is 12.706.
        Ratio ratio = Ratio.of(new double[] {1, Math.exp(2)}, 0.95);

        assertThat(ratio.value()).isCloseTo(Math.E, within(1e-12));
        assertThat(Math.log(ratio.interval().high())).isCloseTo(1 + 12.7062, within(1e-3));
    }

    @Test
    void shouldCompareMediansWhereThereAreNoPairs() {
        assertThat(Ratio.of(new double[] {6}, new double[] {1, 2, 3}, 0.95)).isEqualTo(new Ratio(3, null));
    }
}
