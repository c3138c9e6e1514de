package dev.steward.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.statistics.MedianInterval;
import dev.steward.results.Median;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Intervals of percentiles on recorded cells, in which one cell in twenty can make the whole tail of all together: with
 * repeats drawn from them, how often does the interval hold the median that they were drawn from? Holds what
 * docs/statistics.md says.
 */
class IntervalCoverageTest {
    private static final int TRIALS = 2_000;
    /** Three standard errors below the level. */
    private static final double AT_LEAST = 0.935;

    @ParameterizedTest
    @EnumSource(value = Figure.class, mode = EnumSource.Mode.EXCLUDE, names = {"COMMIT_P50", "COMMIT_P99"})
    void shouldHoldTheTruthInNinetyFivePercentOfDrawsOfRecordedCells(Figure figure) {
        for (String path : new String[] {"inline", "ring"}) {
            double[] pool = new RecordedCells(path).values(figure).stream().mapToDouble(Sample.Value::value).toArray();
            double truth = Median.of(pool);
            for (int repeats : new int[] {6, 10, 20}) {
                SplittableRandom random = new SplittableRandom(repeats);
                int held = 0;
                for (int trial = 0; trial < TRIALS; trial++) {
                    double[] drawn = new double[repeats];
                    Arrays.setAll(drawn, i -> pool[random.nextInt(pool.length)]);
                    held += MedianInterval.of(drawn, 0.95).contains(truth) ? 1 : 0;
                }
                assertThat((double) held / TRIALS).as("%s, %s, %d repeats", path, figure, repeats)
                    .isGreaterThan(AT_LEAST);
            }
        }
    }
}
