package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.LogNormalDistribution;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LognormalArrivalsTest {
    private static final double ALPHA = 1e-3;
    private static final int GAPS = 20_000;
    private static final double MEAN_NS = 1e6;

    @ParameterizedTest
    @CsvSource({"1, 42", "0.25, 7", "2, -9"})
    void shouldDrawLognormalGaps(double sigma, long seed) {
        assertThat(p(sigma, new LognormalArrivals(1_000, sigma, seed))).isGreaterThan(ALPHA);
    }

    @Test
    void shouldFailTheGapTestWhenTheLawIsAnother() {
        assertThat(p(1, ArrivalProcess.poisson(1_000, 42))).isLessThan(ALPHA);
        assertThat(p(1, new LognormalArrivals(1_000, 1.05, 42))).isLessThan(ALPHA);
        assertThat(p(1, new LognormalArrivals(1_050, 1, 42))).isLessThan(ALPHA);
    }

    @Test
    void shouldDrawIndependentGaps() {
        double[] gapsNs = Counts.gaps(new LognormalArrivals(1_000, 1, 42), 50_002);
        double[] logs = Arrays.stream(gapsNs).map(Math::log).toArray();

        // Five standard errors. Two apart also, as the normal numbers are made in pairs.
        for (int lag = 1; lag <= 2; lag++) {
            double[] earlier = Arrays.copyOf(logs, 50_000);
            double[] later = Arrays.copyOfRange(logs, lag, 50_000 + lag);
            assertThat(new PearsonsCorrelation().correlation(earlier, later)).isBetween(-0.0225, 0.0225);
        }
    }

    @Test
    void shouldNotDriftOverAMillionArrivals() {
        ArrivalProcess even = new LognormalArrivals(1e9 / 49_999.7, 0, 1);
        double worstNs = 0;
        for (int i = 1; i <= 1_000_000; i++) {
            worstNs = Math.max(worstNs, Math.abs(even.nextNs() - i * 49_999.7));
        }

        assertThat(worstNs).isLessThanOrEqualTo(1.01);
    }

    private static double p(double sigma, ArrivalProcess arrivals) {
        LogNormalDistribution expected = new LogNormalDistribution(Math.log(MEAN_NS) - sigma * sigma / 2, sigma);
        return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, Counts.gaps(arrivals, GAPS));
    }
}
