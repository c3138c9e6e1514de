package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianIntervalTest {
    private static final int TRIALS = 4_000;

    /** By the table of the sign test: 2 P(B < k) for n values is 3.1 %, 2.1 %, 4.1 % and 3.3 % here. */
    @ParameterizedTest
    @CsvSource({"6, 1", "8, 1", "9, 2", "10, 2", "20, 6", "25, 8", "50, 18"})
    void shouldTakeTheOrderStatisticsOfTheSignTest(int count, int from) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> count - i);

        assertThat(MedianInterval.of(values, 0.95)).isEqualTo(new Interval(from, count + 1 - from, 0.95));
    }

    @Test
    void shouldGiveNoneForSoFewThatNoneHoldsTheLevel() {
        assertThat(MedianInterval.of(new double[] {1, 2, 3, 4, 5}, 0.95)).isNull();
        assertThat(MedianInterval.of(new double[0], 0.95)).isNull();
        assertThat(MedianInterval.fewest(0.95)).isEqualTo(6);
        assertThat(MedianInterval.fewest(0.99)).isEqualTo(8);
    }

    @Test
    void shouldLeaveItsValuesAsTheyWere() {
        double[] values = {6, 1, 5, 2, 4, 3};
        MedianInterval.of(values, 0.95);

        assertThat(values).containsExactly(6, 1, 5, 2, 4, 3);
    }

    /**
     * Repeats whose events follow each other closely: the logarithm of a latency is an AR(1) series with a memory of
     * 100 events, and each repeat has a level of its own. The truth is the median over 4,000 repeats, of which the
     * samples are drawn.
     */
    @ParameterizedTest
    @CsvSource({"6, 0.99", "10, 0.99", "20, 0.99", "6, 0.999", "20, 0.999"})
    void shouldHoldTheTruthInNinetyFivePercentWhenEventsFollowEachOther(int repeats, double quantile) {
        SplittableRandom random = new SplittableRandom(repeats);
        double[] pool = new double[4_000];
        Arrays.setAll(pool, i -> percentileOfARepeat(quantile, random));
        double[] sorted = pool.clone();
        Arrays.sort(sorted);
        double truth = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        int held = 0;
        int narrower = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] drawn = new double[repeats];
            Arrays.setAll(drawn, i -> pool[random.nextInt(pool.length)]);
            held += MedianInterval.of(drawn, 0.95).contains(truth) ? 1 : 0;
            Arrays.sort(drawn);
            narrower += inside(drawn, truth) ? 1 : 0;
        }

        // One standard error is 0.35 %.
        assertThat((double) held / TRIALS).isGreaterThan(0.943);
        assertThat((double) narrower / TRIALS).as("one order statistic less on either side").isLessThan(0.94);
    }

    private static boolean inside(double[] sorted, double truth) {
        Interval whole = MedianInterval.of(sorted, 0.95);
        int from = Arrays.binarySearch(sorted, whole.low());
        return sorted[from + 1] <= truth && truth <= sorted[sorted.length - 2 - from];
    }

    private static double percentileOfARepeat(double quantile, SplittableRandom random) {
        double[] events = new double[1_000];
        double state = gauss(random);
        double level = 0.2 * gauss(random);
        for (int i = 0; i < events.length; i++) {
            state = 0.99 * state + Math.sqrt(1 - 0.99 * 0.99) * gauss(random);
            events[i] = 1_000 * Math.exp(level + state);
        }
        Arrays.sort(events);
        return events[(int) Math.ceil(quantile * events.length) - 1];
    }

    private static double gauss(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
