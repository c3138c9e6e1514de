package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Reference values come from SciPy 1.17: {@code t.interval} and Welch's {@code ttest_ind}. */
class MeanIntervalTest {
    private static final double CLOSE = 1e-9;
    private final MeanInterval five = MeanInterval.of(new double[] {1, 2, 4, 4, 9});

    @Test
    void shouldGiveTheIntervalOfStudent() {
        assertThat(five.mean()).isEqualTo(4);
        assertThat(five.interval(0.99).low()).isCloseTo(-2.3463068165936845, within(CLOSE));
        assertThat(five.interval(0.99).high()).isCloseTo(10.346306816593685, within(CLOSE));
    }

    @Test
    void shouldCutOffAnEighthOnEitherSideFromTenValuesOn() {
        double[] ten = {5, 1, 3, 2, 4, 6, 8, 7, 9, 1000};

        MeanInterval trimmed = MeanInterval.trimmed(ten);

        assertThat(trimmed.mean()).isEqualTo(5.5);
        assertThat(trimmed.freedom()).isEqualTo(7);
        // Winsorized: 2 2 3 4 5 6 7 8 9 9, whose squares about 5.5 add up to 66.5.
        assertThat(trimmed.variance()).isCloseTo(66.5 / 7 / 8, within(CLOSE));
        double[] nine = {5, 1, 3, 2, 4, 6, 8, 7, 9};
        assertThat(MeanInterval.trimmed(nine)).isEqualTo(MeanInterval.of(nine));
        assertThat(MeanInterval.trimmed(new double[16]).freedom()).isEqualTo(11);
    }

    @Test
    void shouldGiveTheIntervalOfWelchForADifference() {
        MeanInterval difference = MeanInterval.of(new double[] {2, 2.5, 3, 3.5, 4, 4.5, 7}).minus(five);

        assertThat(difference.freedom()).isCloseTo(5.656675378370253, within(CLOSE));
        assertThat(difference.interval(0.95).low()).isCloseTo(-3.9732499343392256, within(CLOSE));
        assertThat(difference.interval(0.95).high()).isCloseTo(3.5446785057677968, within(CLOSE));
    }

    @Test
    void shouldSayHowManyValuesAreNeeded() {
        DoubleUnaryOperator student = freedom -> MeanInterval.student(0.99, freedom);
        assertThat(five.valuesFor(5, five.halfWidth(0.99), student)).isCloseTo(5, within(0.5));
        double needed = five.valuesFor(5, 1, student);
        MeanInterval then = new MeanInterval(4, five.variance() * 5 / needed, needed - 1);
        assertThat(then.halfWidth(0.99)).isCloseTo(1, within(0.01));
    }

    @Test
    void shouldSayWhichLevelAnIntervalHasThatReachesAsFar() {
        Interval interval = five.interval(freedom -> MeanInterval.student(0.97, freedom));

        assertThat(interval.low()).isCloseTo(five.interval(0.97).low(), within(CLOSE));
        assertThat(interval.level()).isCloseTo(0.97, within(CLOSE));
    }

    @Test
    void shouldChangeItsUnit() {
        assertThat(five.times(-2).interval(0.9).low()).isCloseTo(-2 * five.interval(0.9).high(), within(CLOSE));
    }
}
