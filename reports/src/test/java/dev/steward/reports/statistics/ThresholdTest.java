package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.reports.statistics.Threshold.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdTest {
    private static final double LEVEL = 0.95;
    private static final int GENERATIONS = 8;
    private static final int RUNS = 1_000;
    /** Three decades, as most questions of the debate have them. */
    private static final double SPAN = Math.log(1_000);

    /** Excess over the bound at each place of the axis, in logarithms; the true threshold is a place. */
    private enum Shape {
        /** A cost that is proportional to the axis: flat far below, steep far above. */
        PROPORTIONAL((from, bound) -> Math.log1p(Math.expm1(bound) * Math.exp(from)) - bound),
        /** As much more with each step. */
        EVEN((from, bound) -> 0.5 * from),
        /** A median that jumps, as a wait does when a lock is busy more than half of the time. */
        JUMP((from, bound) -> from < 0 ? -bound : 1.5),
        /** Beyond in the middle of the axis only. */
        HUMP((from, bound) -> Math.abs(from - 1) < 1 ? 3 * bound : -bound),
        /** Below in the middle of the axis only. */
        DIP((from, bound) -> Math.abs(from - 1) < 1 ? -bound : 3 * bound);

        private final Curve curve;

        Shape(Curve curve) {
            this.curve = curve;
        }

        private interface Curve {
            double excess(double from, double bound);
        }

        DoubleUnaryOperator at(double threshold, double bound) {
            return place -> curve.excess(place - threshold, bound);
        }
    }

    private static Threshold.Point point(double at, double... excess) {
        return new Threshold.Point(at, excess.length < 2 ? null : MeanInterval.of(excess));
    }

    private static Threshold.Point below(double at) {
        return point(at, -1, -1.1, -0.9, -1.05, -0.95);
    }

    private static Threshold.Point beyond(double at) {
        return point(at, 1, 1.1, 0.9, 1.05, 0.95);
    }

    private static Threshold.Point open(double at) {
        return point(at, 3, -2, 1, -1, 0.5);
    }

    private static Threshold of(Threshold.Point... points) {
        return Threshold.of(List.of(points), LEVEL);
    }

    @Test
    void shouldSayBetweenWhichPointsItLies() {
        Threshold found = of(below(0), below(10), open(100), beyond(1_000), beyond(10_000));

        assertThat(found.kind()).isEqualTo(Kind.BETWEEN);
        assertThat(found.below()).isEqualTo(10);
        assertThat(found.beyond()).isEqualTo(1_000);
    }

    @Test
    void shouldSayWhichEndsAreOpen() {
        assertThat(of(below(1), below(2)).kind()).isEqualTo(Kind.NOWHERE);
        assertThat(of(beyond(1), beyond(2)).kind()).isEqualTo(Kind.EVERYWHERE);
        assertThat(of(open(1), beyond(2)).kind()).isEqualTo(Kind.UP_TO);
        assertThat(of(below(1), open(2)).kind()).isEqualTo(Kind.ABOVE);
        assertThat(of(open(1), open(2)).kind()).isEqualTo(Kind.OPEN);
        assertThat(of(open(1)).kind()).isEqualTo(Kind.OPEN);
        assertThat(of(point(1), beyond(2)).kind()).as("a point without values tells nothing").isEqualTo(Kind.UP_TO);
    }

    @Test
    void shouldNotPassOverAPointThatContradicts() {
        Threshold found = of(below(1), beyond(2), below(3), beyond(4));

        assertThat(found.kind()).isEqualTo(Kind.SEVERAL);
        assertThat(found.below()).isEqualTo(1);
        assertThat(found.beyond()).isEqualTo(4);
        assertThat(of(beyond(1), below(2)).kind()).isEqualTo(Kind.SEVERAL);
    }

    /** The noise of the prototype: what a JVM shifts at all its points, and what each point adds. */
    private static Threshold drawn(
        DoubleUnaryOperator excess, double jvm, double each, int points, double wild, SplittableRandom random) {
        return drawn(excess, jvm, each, points, wild, random, LEVEL);
    }

    private static Threshold drawn(
        DoubleUnaryOperator excess, double jvm, double each, int points, double wild, SplittableRandom random,
        double level) {
        double[][] values = new double[points][GENERATIONS];
        for (int generation = 0; generation < GENERATIONS; generation++) {
            double shift = jvm * random.nextGaussian();
            for (int i = 0; i < points; i++) {
                double own = each * random.nextGaussian() * (random.nextDouble() < wild ? 10 : 1);
                values[i][generation] = excess.applyAsDouble(place(i, points)) + shift + own;
            }
        }
        List<Threshold.Point> drawn = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            drawn.add(point(i, values[i]));
        }
        return Threshold.of(drawn, level);
    }

    private static double place(int point, int points) {
        return SPAN * point / (points - 1);
    }

    /** Says below of a point that is not, or beyond of one that is not. */
    private static boolean wrong(Threshold found, DoubleUnaryOperator excess, int points) {
        for (int i = 0; i < points; i++) {
            double truth = excess.applyAsDouble(place(i, points));
            if (i <= found.below() && truth > 0 || i >= found.beyond() && truth < 0) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void shouldBeWrongInAtMostOneRunOfTwentyWhateverTheCurve(Shape shape) {
        SplittableRandom random = new SplittableRandom(16);
        double[][] noises = {{0.025, 0.02, 0.05, 0}, {0.17, 0.1, 0.4, 0}, {0.025, 0.02, 0.05, 0.1}};
        for (double[] noise : noises) {
            int wrong = 0;
            for (int run = 0; run < RUNS; run++) {
                DoubleUnaryOperator excess = shape.at(SPAN * (1.4 * random.nextDouble() - 0.2), noise[2]);
                wrong += wrong(drawn(excess, noise[0], noise[1], 6, noise[3], random), excess, 6) ? 1 : 0;
            }
            assertThat(wrong).as(shape + " " + Arrays.toString(noise)).isLessThanOrEqualTo(RUNS / 20);
        }
    }

    /** The worst place is a hair beside a point. Negative control: the same without a level to speak of. */
    @Test
    void shouldBeWrongOftenWithoutALevelOnly() {
        DoubleUnaryOperator excess = Shape.EVEN.at(SPAN * 2 / 5 + 1e-6, 0.4);

        assertThat(wrongOf(excess, LEVEL)).isLessThanOrEqualTo(RUNS / 20);
        assertThat(wrongOf(excess, 0.2)).isGreaterThan(RUNS / 5);
    }

    private static int wrongOf(DoubleUnaryOperator excess, double level) {
        SplittableRandom random = new SplittableRandom(17);
        int wrong = 0;
        for (int run = 0; run < RUNS; run++) {
            wrong += wrong(drawn(excess, 0.17, 0.1, 6, 0, random, level), excess, 6) ? 1 : 0;
        }
        return wrong;
    }

    /** Share of the runs that find both ends, and over how many of the five gaps they are apart at most in half. */
    @ParameterizedTest
    @CsvSource({
        "EVEN, 0.025, 0.02, 0.05, 0.99, 1", "JUMP, 0.17, 0.1, 0.4, 0.95, 1", "EVEN, 0.17, 0.1, 0.4, 0.90, 2",
        "PROPORTIONAL, 0.025, 0.02, 0.05, 0.80, 3"})
    void shouldFindWhereItLies(
        Shape shape, double jvm, double each, double bound, double share, int gaps) {
        SplittableRandom random = new SplittableRandom(18);
        int[] apart = new int[7];
        for (int run = 0; run < RUNS; run++) {
            DoubleUnaryOperator excess = shape.at(SPAN * (0.25 + 0.5 * random.nextDouble()), bound);
            Threshold found = drawn(excess, jvm, each, 6, 0, random);
            apart[found.kind() == Kind.BETWEEN ? (int) (found.beyond() - found.below()) : 6]++;
        }
        assertThat(apart[6]).as(Arrays.toString(apart)).isLessThanOrEqualTo((int) ((1 - share) * RUNS));
        assertThat(Arrays.stream(apart, 0, gaps + 1).sum()).as(Arrays.toString(apart)).isGreaterThan(RUNS / 2);
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        SplittableRandom random = new SplittableRandom(19);
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            // Exactly at the bound everywhere: each end may be wrong in one run of forty.
            found += drawn(place -> 0, 0.17, 0.1, 6, 0, random).kind() == Kind.OPEN ? 0 : 1;
        }
        // 5 % of them, and three standard deviations of a count of that.
        assertThat(found).isLessThan(71);
    }
}
