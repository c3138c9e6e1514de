package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reference values come from the formulas of Smyth in NumPy, with SciPy's digamma, trigamma and root. */
class SharedVarianceTest {
    private static final List<double[]> ALIKE = List.of(
        new double[] {-0.8, -1.32, -0.25, 0.42, 1.14}, new double[] {0.16, -0.83, -1.18, 1.12, 2.45},
        new double[] {0.16, -0.74, -0.57, 0.96, 0.12}, new double[] {-1.73, -0.08, -1.16, -0.63, -0.49},
        new double[] {-1.57, 1.22, -0.14, -1.3, 0.9}, new double[] {0.83, -1.64, -0.26, -0.98, -0.17});

    @Test
    void shouldCountTheOthersAsMuchAsASampleItselfWhereAllScatterAlike() {
        double[] expected = {0.212639141997977, 0.337200141997977, 0.163725141997977, 0.158804141997977,
            0.27575914199797696, 0.20414014199797698};

        List<MeanInterval> means = SharedVariance.means(ALIKE, 0);

        for (int i = 0; i < means.size(); i++) {
            MeanInterval alone = MeanInterval.of(ALIKE.get(i));
            assertThat(means.get(i).freedom()).isEqualTo(8);
            assertThat(means.get(i).mean()).isCloseTo(alone.mean(), within(1e-12));
            assertThat(means.get(i).variance()).isCloseTo(expected[i], within(1e-8));
        }
    }

    @Test
    void shouldCountTheOthersLessWhereTheScatterDiffers() {
        List<double[]> samples = times(1, 0.3, 2, 1, 3, 0.5);

        assertThat(SharedVariance.means(samples, 0).get(0).freedom()).isCloseTo(5.770396508176905, within(1e-5));
        assertThat(SharedVariance.means(samples, 0).get(4).variance()).isCloseTo(2.0395664189557356, within(1e-6));
        assertThat(SharedVariance.means(samples, 0.8).get(0).freedom()).isCloseTo(5.469533528004114, within(1e-5));
        assertThat(SharedVariance.means(samples, 0.8).get(1).variance()).isCloseTo(0.09003465703227465, within(1e-6));
    }

    @Test
    void shouldLeaveSamplesAloneThatHaveNothingInCommon() {
        List<MeanInterval> means = SharedVariance.means(times(1e-9, 1e-6, 1e-3, 1, 1e3, 1e6), 0);

        assertThat(means).allMatch(mean -> mean.freedom() < 4.1);
    }

    @Test
    void shouldLeaveFewSamplesAndThoseWithoutScatterAlone() {
        assertThat(SharedVariance.means(ALIKE.subList(0, 5), 0)).isEqualTo(
            ALIKE.subList(0, 5).stream().map(MeanInterval::trimmed).toList());
        assertThat(SharedVariance.means(times(1, 1, 1, 1, 1, 0), 0)).allMatch(mean -> mean.freedom() == 4);
        assertThat(SharedVariance.means(List.of(), 0)).isEmpty();
    }

    private static List<double[]> times(double... factors) {
        return IntStream.range(0, factors.length).mapToObj(
            i -> Arrays.stream(ALIKE.get(i)).map(value -> value * factors[i]).toArray()).toList();
    }
}
