package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.continuous.ExponentialDistribution;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternedArrivalsTest {
    private static final double ALPHA = 1e-3;
    private static final double RATE = 20_000;
    private static final long CYCLE_NS = 100_000_000;
    private static final long SEED = 42;
    private static final int BINS = 20;

    // Shares of a cycle's arrivals up to a time in it, written from the definitions and not from the class.
    private static final DoubleUnaryOperator EVEN = t -> t;
    private static final DoubleUnaryOperator BURSTS = t -> Math.min(1, t / 0.1);
    private static final DoubleUnaryOperator RAMP = t -> 0.2 * t + 0.8 * t * t;
    private static final DoubleUnaryOperator STEPS = t -> {
        double[] rates = {1, 2, 4, 8, 16};
        double share = 0;
        for (int step = 0; step < rates.length; step++) {
            share += rates[step] / 31 * Math.max(0, Math.min(1, t * 5 - step));
        }
        return share;
    };

    @Test
    void shouldFollowItsPatternInEveryCycle() {
        assertThat(pOfCounts(bursts(), BURSTS)).isGreaterThan(ALPHA);
        assertThat(pOfCounts(ramp(0.2), RAMP)).isGreaterThan(ALPHA);
        assertThat(pOfCounts(steps(2), STEPS)).isGreaterThan(ALPHA);
    }

    @Test
    void shouldFailThePatternTestWhenThePatternIsAnother() {
        assertThat(pOfCounts(ramp(0.25), RAMP)).isLessThan(ALPHA);
        assertThat(pOfCounts(steps(2.1), STEPS)).isLessThan(ALPHA);
        assertThat(pOfCounts(ramp(0.2), STEPS)).isLessThan(ALPHA);
        assertThat(pOfCounts(ArrivalProcess.poisson(RATE, SEED), RAMP)).isLessThan(ALPHA);
    }

    /** Counted in expected arrivals instead of time, any Poisson process has exponential gaps of mean 1. */
    @Test
    void shouldBePoissonWithinItsPattern() {
        assertThat(pOfRescaledGaps(bursts(), BURSTS)).isGreaterThan(ALPHA);
        assertThat(pOfRescaledGaps(ramp(0.2), RAMP)).isGreaterThan(ALPHA);
        assertThat(pOfRescaledGaps(steps(2), STEPS)).isGreaterThan(ALPHA);
    }

    @Test
    void shouldFailTheGapTestWhenThePatternIsAnotherOrTheGapsAreNotExponential() {
        assertThat(pOfRescaledGaps(ramp(0.2), EVEN)).isLessThan(ALPHA);
        assertThat(pOfRescaledGaps(steps(2), RAMP)).isLessThan(ALPHA);
        assertThat(pOfRescaledGaps(ArrivalProcess.constant(RATE), EVEN)).isLessThan(ALPHA);
    }

    @Test
    void shouldBeSilentBetweenBursts() {
        ArrivalProcess arrivals = bursts();
        for (int i = 0; i < 100_000; i++) {
            assertThat(arrivals.nextNs() % CYCLE_NS).isLessThan(CYCLE_NS / 10);
        }
    }

    /** Windows as long as a burst: Poisson of ten times the mean in one of ten, nothing in the others. */
    @Test
    void shouldDisperseTheCountsOfBurstsAsTheoryHasIt() {
        long windowNs = CYCLE_NS / 10;
        double inBurst = 10 * RATE * windowNs / 1e9;
        double expected = 1 + 0.9 * inBurst;
        double measured = Counts.dispersion(Counts.perWindow(bursts(), windowNs, 20_000));

        assertThat(expected).isGreaterThan(100);
        assertThat(measured / expected).isBetween(0.98, 1.02);
        assertThat(Counts.dispersion(Counts.perWindow(ArrivalProcess.poisson(RATE, SEED), windowNs, 20_000)))
            .isBetween(0.95, 1.05);
    }

    @Test
    void shouldBeAtTheMeanRateBeforeTheFirstCycle() {
        long leadNs = 50 * CYCLE_NS;
        ArrivalProcess arrivals = new PatternedArrivals(RatePattern.ramp(0), 10 * RATE, leadNs, CYCLE_NS, SEED);
        double[] counts = Counts.perWindow(arrivals, CYCLE_NS / 10, 510);
        double mean = 10 * RATE * CYCLE_NS / 10 / 1e9;

        double[] lead = Arrays.copyOf(counts, 500);
        assertThat(Counts.mean(lead)).isBetween(mean * 0.995, mean * 1.005);
        assertThat(Counts.dispersion(lead)).isBetween(0.75, 1.25);
        // From 0 to 2: a tenth of the cycle holds 1, 3, 5, ... 19 hundredths of it; five standard deviations.
        for (int tenth = 0; tenth < 10; tenth++) {
            double expected = mean * 10 * (2 * tenth + 1) / 100;
            assertThat(counts[500 + tenth]).isBetween(
                expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10_000_000, 2_000_000_000, 3_600_000_000_000L})
    void shouldNotDriftFromThePoissonProcessOfTheSameSeedWhenThePatternIsEven(long cycleNs) {
        ArrivalProcess even = new PatternedArrivals(RatePattern.ramp(1), RATE, 1_000_000_000, cycleNs, SEED);
        ArrivalProcess poisson = ArrivalProcess.poisson(RATE, SEED);
        long worstNs = 0;
        for (int i = 0; i < 1_000_000; i++) {
            worstNs = Math.max(worstNs, Math.abs(even.nextNs() - poisson.nextNs()));
        }

        assertThat(worstNs).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0.2, 1.8", "1, 1", "1.5, 1.5", "2, 2"})
    void shouldInvertTheRampOverItsWholeLength(double from, double peak) {
        RatePattern ramp = RatePattern.ramp(from);
        for (int i = 0; i < 1_000; i++) {
            double share = i / 1_000.0;
            double t = ramp.timeOf(share);
            assertThat(t).isBetween(0.0, 1.0);
            assertThat(from * t + (1 - from) * t * t).isBetween(share - 1e-12, share + 1e-12);
        }
        assertThat(ramp.peak()).isEqualTo(peak);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "5, 2", "64, 10", "64, 0.1", "7, 1"})
    void shouldSpreadTheStepsOverTheWholeCycle(int count, double factor) {
        RatePattern steps = RatePattern.steps(count, factor);
        double last = 0;
        for (int i = 0; i < 10_000; i++) {
            double t = steps.timeOf(i / 10_000.0);
            assertThat(t).isBetween(last, 1.0);
            last = t;
        }
        assertThat(steps.timeOf(0)).isZero();
        assertThat(steps.timeOf(Math.nextDown(1.0))).isBetween(0.9 / count, 1.0);
        assertThat(steps.peak()).isBetween(1.0, (double) count);
    }

    @Test
    void shouldSayHowHighThePeaksAre() {
        assertThat(RatePattern.onOff(0.1).peak()).isEqualTo(10);
        assertThat(RatePattern.steps(5, 2).peak()).isEqualTo(5 * 16 / 31.0);
        assertThat(RatePattern.steps(5, 0.5).peak()).isEqualTo(5 * 16 / 31.0);
    }

    private static double pOfCounts(ArrivalProcess arrivals, DoubleUnaryOperator shareUpTo) {
        int cycles = 100;
        long[] observed = new long[BINS];
        for (long at = arrivals.nextNs(); at < cycles * CYCLE_NS; at = arrivals.nextNs()) {
            observed[(int) (at % CYCLE_NS * BINS / CYCLE_NS)]++;
        }
        int used = BINS;
        while (shareUpTo.applyAsDouble((used - 1.0) / BINS) == 1) {
            used--;
            assertThat(observed[used]).isZero();
        }
        double[] expected = new double[used];
        for (int bin = 0; bin < used; bin++) {
            expected[bin] = shareUpTo.applyAsDouble((bin + 1.0) / BINS) - shareUpTo.applyAsDouble((double) bin / BINS);
        }
        return new ChiSquareTest().chiSquareTest(expected, Arrays.copyOf(observed, used));
    }

    private static double pOfRescaledGaps(ArrivalProcess arrivals, DoubleUnaryOperator shareUpTo) {
        double perCycle = RATE * CYCLE_NS / 1e9;
        double[] gaps = new double[20_000];
        double last = 0;
        for (int i = 0; i < gaps.length; i++) {
            long atNs = arrivals.nextNs();
            double now = perCycle * (atNs / CYCLE_NS + shareUpTo.applyAsDouble((double) (atNs % CYCLE_NS) / CYCLE_NS));
            gaps[i] = now - last;
            last = now;
        }
        return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new ExponentialDistribution(1), gaps);
    }

    private static ArrivalProcess bursts() {
        return new PatternedArrivals(RatePattern.onOff(0.1), RATE, 0, CYCLE_NS, SEED);
    }

    private static ArrivalProcess ramp(double from) {
        return new PatternedArrivals(RatePattern.ramp(from), RATE, 0, CYCLE_NS, SEED);
    }

    private static ArrivalProcess steps(double factor) {
        return new PatternedArrivals(RatePattern.steps(5, factor), RATE, 0, CYCLE_NS, SEED);
    }
}
