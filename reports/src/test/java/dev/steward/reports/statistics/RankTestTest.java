package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Against R 4.2 {@code wilcox.test(second, first, conf.int = TRUE)} and SciPy 1.17 {@code mannwhitneyu}. The first
 * pair is the permeability data of Hollander and Wolfe, table 4.1, whose shift of -0.305 and p of 0.127 a side stand
 * in the book.
 */
class RankTestTest {
    private static final double[] TERM = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    private static final double[] EARLY = {1.15, 0.88, 0.90, 0.74, 1.21};
    private static final double[] BEFORE =
        {98.12, 100.55, 97.49, 104.79, 100.99, 97.54, 101.46, 102.21, 101.73, 99.08, 104.54, 101.17};
    private static final double[] AFTER =
        {103.14, 98.36, 108.37, 104.87, 104.95, 107.83, 107.46, 106.78, 107.76, 107.35, 105.22, 99.03};

    @Test
    void shouldGiveTheFiguresOfHollanderAndWolfe() {
        RankTest test = RankTest.of(TERM, EARLY, 0.95);

        assertThat(test.pValue()).isCloseTo(0.254412254412, within(1e-10));
        assertThat(test.shift()).isCloseTo(-0.305, within(1e-12));
        assertThat(test.interval().low()).isCloseTo(-0.76, within(1e-12));
        assertThat(test.interval().high()).isCloseTo(0.15, within(1e-12));
        RankTest strict = RankTest.of(TERM, EARLY, 0.99);
        assertThat(strict.interval().low()).isCloseTo(-1.01, within(1e-12));
        assertThat(strict.interval().high()).isCloseTo(0.35, within(1e-12));
    }

    @Test
    void shouldGiveTheFiguresOfRWhereThereIsADifference() {
        RankTest test = RankTest.of(BEFORE, AFTER, 0.99);

        assertThat(test.pValue()).isCloseTo(0.0018297760876, within(1e-10));
        assertThat(test.shift()).isCloseTo(5.095, within(1e-10));
        assertThat(test.interval().low()).isCloseTo(0.82, within(1e-10));
        assertThat(test.interval().high()).isCloseTo(7.46, within(1e-10));
    }

    @Test
    void shouldUseTheNormalFormWithCorrectionsWhenThereAreTies() {
        double[] first = {12, 15, 15, 18, 20, 22, 22, 25};
        double[] second = {15, 17, 20, 22, 28, 30, 31, 31, 35};

        assertThat(RankTest.of(first, second, 0.95).pValue()).isCloseTo(0.0658295479507, within(1e-10));
    }

    @Test
    void shouldFindNothingBetweenEqualConstants() {
        double[] constant = {3, 3, 3, 3, 3, 3};

        RankTest test = RankTest.of(constant, constant, 0.95);

        assertThat(test.pValue()).isEqualTo(1);
        assertThat(test.shift()).isZero();
    }

    @Test
    void shouldGiveNoIntervalWhenTheSamplesAreTooSmallForIt() {
        double[] first = {1, 2, 3};
        double[] second = {101, 102, 103};

        assertThat(RankTest.of(first, second, 0.99).interval()).isNull();
        assertThat(RankTest.of(first, second, 0.99).pValue()).isCloseTo(0.1, within(1e-12));
    }

    /** R: {@code wilcox.test(1:n, 1:n + 100)$p.value} for n of 3 to 7. */
    @Test
    void shouldKnowTheSmallestPossibleP() {
        double[] expected = {0.1, 0.0285714285714, 0.00793650793651, 0.00216450216450, 0.000582750582751};
        for (int n = 3; n <= 7; n++) {
            double[] first = new double[n];
            Arrays.setAll(first, i -> i);
            double[] second = Arrays.stream(first).map(value -> value + 100).toArray();
            assertThat(RankTest.smallestPossible(n, n)).isCloseTo(expected[n - 3], within(1e-12));
            assertThat(RankTest.of(first, second, 0.95).pValue()).isCloseTo(expected[n - 3], within(1e-12));
        }
    }

    /**
     * Against all 35 x 35 ways in which the values of two strata can fall, each stratum by itself, counted by a script
     * of its own.
     */
    @Test
    void shouldCompareWithinStrataOnly() {
        List<double[]> first = List.of(new double[] {10.1, 10.9, 12.3}, new double[] {20.4, 21.7, 23.9, 20.9});
        List<double[]> second = List.of(new double[] {11.2, 13.0, 13.7, 12.8}, new double[] {22.3, 24.1, 25.6});

        RankTest test = RankTest.of(first, second, 0.95);

        assertThat(test.pValue()).isCloseTo(0.013061224489795919, within(1e-12));
        assertThat(test.smallest()).isCloseTo(0.0016326530612244899, within(1e-15));
        assertThat(test.shift()).isCloseTo(1.9, within(1e-12));
        assertThat(test.interval().low()).isCloseTo(0.3, within(1e-12));
        assertThat(test.interval().high()).isCloseTo(3.7, within(1e-12));
    }

    /** The same script, by the variance with ties summed over the strata. */
    @Test
    void shouldUseTheNormalFormWithinStrataWhenThereAreTies() {
        List<double[]> first = List.of(new double[] {12, 15, 15, 18}, new double[] {30, 31, 31});
        List<double[]> second = List.of(new double[] {15, 17, 20, 22, 22}, new double[] {31, 34, 35, 36});

        assertThat(RankTest.of(first, second, 0.95).pValue()).isCloseTo(0.01744027129531627, within(1e-9));
    }

    @Test
    void shouldNotSeeWhatLiesBetweenStrata() {
        List<double[]> first = List.of(new double[] {1, 2, 3}, new double[] {1_001, 1_002, 1_003, 1_004, 1_005});
        List<double[]> second = List.of(new double[] {1.5, 2.5, 2.6, 2.7, 1.2}, new double[] {1_002.5, 1_003.5});

        RankTest test = RankTest.of(first, second, 0.95);

        assertThat(test.pValue()).isGreaterThan(0.5);
        assertThat(test.shift()).isBetween(-1.0, 1.0);
    }

    /** Samples of a normal distribution: the half width of the interval is z sd sqrt(pi / 3 / 2n) times sqrt 2. */
    @Test
    void shouldNarrowTheIntervalWithTheRootOfTheNumberHoweverManyThereAre() {
        for (int n : new int[] {40, 200, 600, 1_000}) {
            SplittableRandom random = new SplittableRandom(n);
            double[] first = new double[n];
            double[] second = new double[n];
            Arrays.setAll(first, i -> random.nextGaussian());
            Arrays.setAll(second, i -> random.nextGaussian());

            RankTest test = RankTest.of(first, second, 0.99);

            double half = (test.interval().high() - test.interval().low()) / 2;
            double expected = 2.5758 * Math.sqrt(2.0 / n) * Math.sqrt(Math.PI / 3);
            assertThat(half).as("n = %d", n).isBetween(0.8 * expected, 1.25 * expected);
            assertThat(test.interval().contains(test.shift())).isTrue();
            assertThat(test.pValue()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void shouldGoFromExactToNormalWithoutAJump() {
        SplittableRandom random = new SplittableRandom(1);
        double[] all = new double[2 * (RankTest.EXACT_UP_TO + 1)];
        Arrays.setAll(all, i -> random.nextGaussian());
        double[] first = Arrays.copyOf(all, RankTest.EXACT_UP_TO + 1);
        double[] second = Arrays.copyOfRange(all, first.length, all.length);

        Interval normal = RankTest.of(first, second, 0.99).interval();
        Interval exact = RankTest.of(Arrays.copyOf(first, 50), Arrays.copyOf(second, 50), 0.99).interval();

        assertThat(normal.high() - normal.low()).isCloseTo(exact.high() - exact.low(), within(0.08));
    }
}
