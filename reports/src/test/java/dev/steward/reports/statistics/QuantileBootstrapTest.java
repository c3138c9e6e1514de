package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantileBootstrapTest {
    /**
     * Five repeats of one value each: R 4.2 went through all 3125 draws. The median of a draw is 10 in 5.792 % and 80
     * in 5.792 % of them, 20 or less in 31.744 %. The expanded tail for five repeats is {@code pnorm(qt(.025, 4) *
     * sqrt(5 / 4))}, 0.095 % for 95 % and 14.6 % for 60 %.
     */
    @Test
    void shouldEndWhereTheWholeDistributionOfDrawsEnds() {
        QuantileBootstrap bootstrap = fiveValues();

        assertThat(bootstrap.interval(0.5, 0.95)).isEqualTo(new Interval(10, 80, 0.95));
        assertThat(bootstrap.interval(0.5, 0.60)).isEqualTo(new Interval(20, 50, 0.60));
    }

    @Test
    void shouldMergeCountsAndNeverAveragePercentiles() {
        // 99 fast values and one slow one in each repeat: p99 is fast, p99.9 slow, whichever repeats are drawn.
        double[][] values = {{1, 100}, {1, 100}, {1, 100}, {1, 100}, {1, 100}};
        long[][] counts = {{99, 1}, {99, 1}, {99, 1}, {99, 1}, {99, 1}};
        QuantileBootstrap bootstrap = new QuantileBootstrap(values, counts, 7);

        assertThat(bootstrap.interval(0.99, 0.95)).isEqualTo(new Interval(1, 1, 0.95));
        assertThat(bootstrap.interval(0.999, 0.95)).isEqualTo(new Interval(100, 100, 0.95));
    }

    @Test
    void shouldGiveNoIntervalForFourRepeats() {
        assertThat(new QuantileBootstrap(new double[][] {{1}, {2}, {3}, {4}}, new long[][] {{1}, {1}, {1}, {1}}, 1)
            .interval(0.5, 0.95)).isNull();
        assertThat(new QuantileBootstrap(new double[0][], new long[0][], 1).interval(0.5, 0.95)).isNull();
    }

    @Test
    void shouldGiveTheSameEachTime() {
        assertThat(fiveValues().interval(0.5, 0.8)).isEqualTo(fiveValues().interval(0.5, 0.8));
    }

    /** Normal repeats: 95 % intervals of the mean level hold the truth about as often as they say. */
    @Test
    void shouldCoverTheTruthAboutAsOftenAsItSays() {
        java.util.Random random = new java.util.Random(5);
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            double[][] values = new double[10][1];
            long[][] counts = new long[10][1];
            for (int i = 0; i < 10; i++) {
                values[i][0] = 100 + random.nextGaussian();
                counts[i][0] = 1;
            }
            covered += new QuantileBootstrap(values, counts, trial).interval(0.5, 0.95).contains(100) ? 1 : 0;
        }

        assertThat(covered / 400.0).isCloseTo(0.965, within(0.03));
    }

    private static QuantileBootstrap fiveValues() {
        return new QuantileBootstrap(new double[][] {{10}, {20}, {30}, {50}, {80}},
            new long[][] {{1}, {1}, {1}, {1}, {1}}, 42);
    }
}
