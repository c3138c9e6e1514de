package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Against R 4.2: {@code cor.test(x, seq_along(x), method = "kendall", exact = FALSE, continuity = TRUE)}, which is the
 * test of Mann and Kendall when the other variable is time.
 */
class TrendTest {
    @Test
    void shouldFindWhatRFinds() {
        Trend trend = Trend.of(new double[] {5, 7, 6, 9, 9, 8, 12, 11, 15, 14, 9, 16});

        assertThat(trend.pValue()).isCloseTo(0.00233809525911, within(1e-10));
        assertThat(trend.s()).isPositive();
    }

    @Test
    void shouldFindNoTrendWhereRFindsNone() {
        assertThat(Trend.of(new double[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3}).pValue())
            .isCloseTo(0.319302036483, within(1e-10));
    }

    @Test
    void shouldSeeNothingInAConstantOrInTwoValues() {
        assertThat(Trend.of(new double[] {4, 4, 4, 4}).pValue()).isEqualTo(1);
        assertThat(Trend.of(new double[] {1, 2}).pValue()).isEqualTo(1);
    }
}
