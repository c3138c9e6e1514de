package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KendallTauTest {
    private static List<double[]> each(double... values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value, value}).toList();
    }

    @Test
    void shouldCountPairsInOrder() {
        // Of ten pairs one changes places.
        KendallTau tau = KendallTau.of(each(1, 2, 3, 4, 5), each(1, 2, 3, 5, 4), 0.95, 1);

        assertThat(tau.tau()).isCloseTo(0.8, within(1e-12));
        assertThat(tau.interval().contains(0.8)).isTrue();
        assertThat(tau.interval().high()).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldTreatTiesByKendallsB() {
        // 5 pairs in order, 1 tied in the second: 5 / sqrt(6 * 5).
        assertThat(KendallTau.of(each(1, 2, 3, 4), each(1, 2, 2, 3), 0.95, 1).tau())
            .isCloseTo(5 / Math.sqrt(30), within(1e-12));
    }

    @Test
    void shouldDrawTheSameFromTheSameSeed() {
        assertThat(KendallTau.of(each(1, 2, 3, 4), each(2, 1, 3, 4), 0.9, 7))
            .isEqualTo(KendallTau.of(each(1, 2, 3, 4), each(2, 1, 3, 4), 0.9, 7));
    }

    @Test
    void shouldLetTheRepeatsWidenTheInterval() {
        List<double[]> noisy = List.of(new double[] {1, 9, 1}, new double[] {2, 2, 8}, new double[] {3, 0, 3},
            new double[] {4, 4, 1}, new double[] {5, 5, 0});
        Interval quiet = KendallTau.of(each(1, 2, 3, 4, 5), each(1, 2, 3, 4, 5), 0.95, 1).interval();
        Interval wide = KendallTau.of(noisy, each(1, 2, 3, 4, 5), 0.95, 1).interval();

        assertThat(quiet.low()).isEqualTo(1);
        assertThat(wide.low()).isLessThan(0.5);
    }

    /** Of three things that are drawn, each ninth time all are the same one, and say nothing. */
    @Test
    void shouldBoundTheFewestThings() {
        Interval interval = KendallTau.of(each(1, 2, 3), each(1, 2, 3), 0.95, 1).interval();

        assertThat(interval.low()).isEqualTo(1);
        assertThat(interval.high()).isEqualTo(1);
    }

    @Test
    void shouldCutAsMuchOffEachEndAsTheLevelSays() {
        List<double[]> first = each(1, 2, 3, 4, 5, 6, 7, 8);
        List<double[]> second = each(2, 1, 5, 3, 4, 8, 7, 6);
        Interval half = KendallTau.of(first, second, 0.5, 1).interval();
        Interval most = KendallTau.of(first, second, 0.95, 1).interval();

        assertThat(half.high() - half.low()).isGreaterThan(0.05);
        assertThat(half.low()).isGreaterThan(most.low());
        assertThat(half.high()).isLessThan(most.high());
    }

    /** Copies of a drawn thing are no further things: ordered by chance they would pull the interval below. */
    @Test
    void shouldHoldTheEstimateOfManyThingsThatScatterALittle() {
        Random random = new Random(1);
        List<double[]> first = new ArrayList<>();
        List<double[]> second = new ArrayList<>();
        for (int thing = 0; thing < 25; thing++) {
            double middle = 10 * Math.pow(1.2, thing);
            first.add(random.doubles(4, 0.95 * middle, 1.05 * middle).toArray());
            second.add(random.doubles(4, 0.7 * middle, 1.3 * middle).toArray());
        }
        KendallTau tau = KendallTau.of(first, second, 0.95, 1);

        assertThat(tau.interval().contains(tau.tau())).as("%s", tau).isTrue();
        assertThat(tau.interval().low()).isGreaterThan(0.6);
    }

    @Test
    void shouldSayNothingOfTooFew() {
        assertThat(KendallTau.of(each(1), each(1), 0.95, 1).tau()).isNaN();
        assertThat(KendallTau.of(each(1, 2), each(1, 2), 0.95, 1).interval()).isNull();
    }
}
