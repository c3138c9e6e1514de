package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
    private static final double[] STEP =
        {10.1, 10.4, 9.8, 10.0, 10.3, 9.9, 10.2, 12.1, 12.4, 11.8, 12.0, 12.3, 11.9, 12.2, 12.05};

    /**
     * The statistic of Matteson and James, equations 5 and 7, written out in R 4.2 with {@code dist()} and {@code
     * outer()}: largest at the split after seven values, 12.9777777778.
     */
    @Test
    void shouldFindTheStepWithTheEnergyThatRComputes() {
        assertThat(ChangePoints.of(STEP, 1)).singleElement().satisfies(change -> {
            assertThat(change.place()).isEqualTo(7);
            assertThat(change.energy()).isCloseTo(12.97777777778, within(1e-9));
            assertThat(change.pValue()).isLessThanOrEqualTo(0.01);
        });
    }

    @Test
    void shouldFindTwoSteps() {
        double[] series = noise(40, 3);
        for (int i = 12; i < 40; i++) {
            series[i] += i < 27 ? 5 : -3;
        }

        assertThat(ChangePoints.of(series, 1)).extracting(ChangePoints.Change::place).containsExactly(12, 27);
    }

    @Test
    void shouldRaiseFewFalseAlarmsWhereNothingChanges() {
        int alarms = 0;
        for (int trial = 0; trial < 200; trial++) {
            alarms += ChangePoints.of(noise(20, trial), trial).isEmpty() ? 0 : 1;
        }

        // One in a hundred is promised; seven of 200 would come by chance once in 200 times.
        assertThat(alarms).isLessThanOrEqualTo(6);
    }

    @Test
    void shouldSayNothingOfAShortOrConstantSeries() {
        assertThat(ChangePoints.of(new double[] {1, 1, 1, 9, 9, 9, 9, 9, 9}, 1)).isEmpty();
        assertThat(ChangePoints.of(new double[20], 1)).isEmpty();
    }

    private static double[] noise(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[length];
        for (int i = 0; i < length; i++) {
            series[i] = random.nextDouble() + random.nextDouble();
        }
        return series;
    }
}
