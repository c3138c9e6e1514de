package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hipparchus.distribution.continuous.LogNormalDistribution;
import org.hipparchus.stat.StatUtils;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CostLawTest {
    private static final int DRAWS = 100_000;
    private static final double ALPHA = 1e-4;
    private static final long[] VALUES = {0, 300, 1_500, 90_000};
    private static final long[] COUNTS = {10, 600, 380, 10};

    @Test
    void shouldAlwaysTakeTheSameWhenFixed() {
        assertThat(draws(CostLaw.fixed(300), 1)).containsOnly(300);
    }

    @Test
    void shouldDrawEachValueAsOftenAsTheHistogramHasIt() {
        assertThat(fit(CostLaw.histogram(VALUES, COUNTS))).isGreaterThan(ALPHA);
        assertThat(fit(CostLaw.histogram(VALUES, new long[] {10, 580, 400, 10}))).as("another").isLessThan(ALPHA);
    }

    private static double fit(CostLaw law) {
        long[] seen = new long[VALUES.length];
        for (double ns : draws(law, 42)) {
            seen[Arrays.binarySearch(VALUES, (long) ns)]++;
        }
        double[] expected = Arrays.stream(COUNTS).asDoubleStream().toArray();
        return new ChiSquareTest().chiSquareTest(expected, seen);
    }

    @ParameterizedTest
    @CsvSource({"3000, 0.5", "200000, 1", "100000, 2"})
    void shouldDrawLognormalDurationsWithTheMedianGiven(long medianNs, double sigma) {
        double[] draws = draws(CostLaw.lognormal(medianNs, sigma, CostLaw.MAX_NS), 42);
        Arrays.sort(draws);

        // Five standard errors of a median.
        assertThat(Math.log(draws[DRAWS / 2] / medianNs))
            .isBetween(-5 * 1.2533 * sigma / Math.sqrt(DRAWS), 5 * 1.2533 * sigma / Math.sqrt(DRAWS));
        double[] some = Arrays.copyOf(
            draws(CostLaw.lognormal(medianNs * 1_000, sigma, CostLaw.MAX_NS), 42), 20_000);
        LogNormalDistribution expected = new LogNormalDistribution(Math.log(medianNs * 1e3), sigma);
        assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, some)).isGreaterThan(ALPHA);
    }

    @Test
    void shouldCutLognormalDurationsAtTheLongest() {
        assertThat(DoubleStream.of(draws(CostLaw.lognormal(5_000, 2, 9_000), 42)).max()).hasValue(9_000);
    }

    static Stream<CostLaw> laws() {
        return Stream.of(
            CostLaw.fixed(300), CostLaw.lognormal(3_000, 0.5, CostLaw.MAX_NS), CostLaw.histogram(VALUES, COUNTS));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void shouldRepeatItselfFromTheSameSeed(CostLaw law) {
        assertThat(draws(law, 7)).isEqualTo(draws(law, 7));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void shouldNotAllocateWhenDrawing(CostLaw law) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CostSource source = law.source(1);
        long sum = drawn(source);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += drawn(source);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes, sum %d", sum).isLessThan(DRAWS);
    }

    private static long drawn(CostSource source) {
        long sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            sum += source.nextNs();
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("laws")
    void shouldKnowTheMeanOfItsDraws(CostLaw law) {
        double[] draws = draws(law, 42);

        // Five standard errors of a mean, and what rounding takes.
        double error = 5 * Math.sqrt(StatUtils.variance(draws) / DRAWS) + 1;
        assertThat((double) law.meanNs()).isCloseTo(StatUtils.mean(draws), within(error));
    }

    @Test
    void shouldKnowWhenThereIsNothingToWaitFor() {
        assertThat(CostLaw.fixed(0).isZero()).isTrue();
        assertThat(CostLaw.histogram(new long[] {0}, new long[] {3}).isZero()).isTrue();
        assertThat(laws()).noneMatch(CostLaw::isZero);
    }

    @Test
    void shouldRefuseWhatIsNoDuration() {
        assertThatIllegalArgumentException().isThrownBy(() -> CostLaw.fixed(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> CostLaw.fixed(CostLaw.MAX_NS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CostLaw.lognormal(1, Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CostLaw.histogram(new long[] {1}, new long[] {0}));
    }

    private static double[] draws(CostLaw law, long seed) {
        CostSource source = law.source(seed);
        return DoubleStream.generate(source::nextNs).limit(DRAWS).toArray();
    }
}
