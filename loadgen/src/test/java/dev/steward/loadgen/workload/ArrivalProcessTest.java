package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.ExponentialDistribution;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalProcessTest {
    private static final int MANY = 1_000_000;
    private static final double ALPHA = 1e-3;
    /** Worked out apart from this code, from the published SplitMix64 and the logarithm. */
    private static final long[] FIRST_OF_SEED_42 = {67_655, 76_367, 92_696, 113_790};

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 7.7, 1_000, 20_000, 33_333.3, 1_234_567, 10_000_000})
    void shouldNotDriftOverAMillionArrivalsWhenTheLawIsConstant(double ratePerSecond) {
        ArrivalProcess arrivals = ArrivalProcess.constant(ratePerSecond);
        double gapNs = 1e9 / ratePerSecond;
        double worstNs = 0;

        for (int i = 0; i < MANY; i++) {
            worstNs = Math.max(worstNs, Math.abs(arrivals.nextNs() - i * gapNs));
        }

        assertThat(worstNs).isLessThan(Math.min(gapNs, 1));
    }

    @Test
    void shouldStartAtZeroWhenTheLawIsConstant() {
        ArrivalProcess arrivals = ArrivalProcess.constant(1_000);

        assertThat(arrivals.nextNs()).isZero();
        assertThat(arrivals.nextNs()).isEqualTo(1_000_000);
        assertThat(arrivals.nextNs()).isEqualTo(2_000_000);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1", "20000, 42", "500000, -9"})
    void shouldDrawExponentialGapsWhenTheLawIsPoisson(double ratePerSecond, long seed) {
        double[] gapsNs = gaps(ArrivalProcess.poisson(ratePerSecond, seed), 20_000);
        double meanNs = 1e9 / ratePerSecond;
        StreamingStatistics statistics = new StreamingStatistics();
        for (double gapNs : gapsNs) {
            statistics.addValue(gapNs);
        }

        // Four standard errors: 1/sqrt(n) of the mean; the variance of an exponential has kurtosis 9, so sqrt(8/n).
        assertThat(statistics.getMean() / meanNs).isBetween(1 - 0.029, 1 + 0.029);
        assertThat(statistics.getVariance() / (meanNs * meanNs)).isBetween(1 - 0.08, 1 + 0.08);
        double p = new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new ExponentialDistribution(meanNs), gapsNs);
        assertThat(p).isGreaterThan(ALPHA);
    }

    @Test
    void shouldFailTheGapTestWhenTheRateIsFivePercentOff() {
        double[] gapsNs = gaps(ArrivalProcess.poisson(21_000, 42), 20_000);

        double p = new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new ExponentialDistribution(1e9 / 20_000), gapsNs);

        assertThat(p).isLessThan(ALPHA);
    }

    @Test
    void shouldDrawIndependentGapsWhenTheLawIsPoisson() {
        double[] gapsNs = gaps(ArrivalProcess.poisson(20_000, 42), 50_001);
        double[] earlier = Arrays.copyOf(gapsNs, 50_000);
        double[] later = Arrays.copyOfRange(gapsNs, 1, 50_001);

        assertThat(new PearsonsCorrelation().correlation(earlier, later)).isBetween(-0.02, 0.02);
    }

    @Test
    void shouldCountArrivalsOfAWindowAsPoissonDoes() {
        // Mean 4 per window; counts of 0 to 9 and the rest.
        ArrivalProcess arrivals = ArrivalProcess.poisson(4_000, 5);
        int windows = 20_000;
        int[] perWindow = new int[windows];
        for (long at = arrivals.nextNs(); at < windows * 1_000_000L; at = arrivals.nextNs()) {
            perWindow[(int) (at / 1_000_000)]++;
        }
        long[] observed = new long[11];
        for (int count : perWindow) {
            observed[Math.min(count, 10)]++;
        }
        double[] expected = new double[11];
        double share = Math.exp(-4);
        double rest = 1;
        for (int count = 0; count < 10; count++) {
            expected[count] = windows * share;
            rest -= share;
            share *= 4.0 / (count + 1);
        }
        expected[10] = windows * rest;

        assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
    }

    @Test
    void shouldGiveEqualArrivalsOnlyWhenTheSeedIsEqual() {
        assertThat(gaps(ArrivalProcess.poisson(20_000, 42), 1_000))
            .isEqualTo(gaps(ArrivalProcess.poisson(20_000, 42), 1_000))
            .isNotEqualTo(gaps(ArrivalProcess.poisson(20_000, 43), 1_000));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 20_000, 1_234_567})
    void shouldStayNearTheExactSumOfItsGapsOverAMillionArrivalsWhenTheLawIsPoisson(double ratePerSecond) {
        ArrivalProcess arrivals = ArrivalProcess.poisson(ratePerSecond, 42);
        Randomness random = new Randomness(42);
        BigDecimal exactNs = BigDecimal.ZERO;
        long atNs = 0;
        for (int i = 0; i < MANY; i++) {
            exactNs = exactNs.add(new BigDecimal(-1e9 / ratePerSecond * StrictMath.log(1.0 - random.nextUnit())));
            atNs = arrivals.nextNs();
        }

        assertThat(Math.abs(atNs - exactNs.doubleValue())).isLessThan(1 + 1e-6 * 1e9 / ratePerSecond);
    }

    @Test
    void shouldGiveTheseVeryArrivalsOnEveryMachine() {
        ArrivalProcess arrivals = ArrivalProcess.poisson(20_000, 42);

        assertThat(new long[] {arrivals.nextNs(), arrivals.nextNs(), arrivals.nextNs(), arrivals.nextNs()})
            .containsExactly(FIRST_OF_SEED_42);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-300, Double.MIN_VALUE})
    void shouldStandStillRatherThanOverflowWhenTheRateIsTiny(double ratePerSecond) {
        ArrivalProcess constant = ArrivalProcess.constant(ratePerSecond);
        ArrivalProcess poisson = ArrivalProcess.poisson(ratePerSecond, 1);
        constant.nextNs();

        for (int i = 0; i < 10; i++) {
            assertThat(constant.nextNs()).isEqualTo(ArrivalProcess.MAX_NS);
            assertThat(poisson.nextNs()).isEqualTo(ArrivalProcess.MAX_NS);
        }
    }

    private static double[] gaps(ArrivalProcess arrivals, int count) {
        double[] gapsNs = new double[count];
        long last = 0;
        for (int i = 0; i < count; i++) {
            long at = arrivals.nextNs();
            assertThat(at).isGreaterThanOrEqualTo(last);
            gapsNs[i] = at - last;
            last = at;
        }
        return gapsNs;
    }
}
