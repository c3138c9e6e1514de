package dev.steward.reports.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurfaceTest {
    private final Random random = new Random(3);

    private List<double[]> drawn(int points, int axes) {
        List<double[]> drawn = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            drawn.add(random.doubles(axes).toArray());
        }
        return drawn;
    }

    private static double at(Surface surface, List<double[]> points, double[] place, double[] values) {
        double[] weights = surface.weights(place);
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }

    @Test
    void shouldBeExactAtPointsAndForWhateverIsLinear() {
        for (int trial = 0; trial < 20; trial++) {
            List<double[]> points = drawn(12, 3);
            Surface surface = new Surface(points);
            double[] any = random.doubles(12).toArray();
            double[] linear = points.stream().mapToDouble(p -> 2 + 3 * p[0] - 5 * p[1] + p[2]).toArray();
            for (int i = 0; i < 12; i++) {
                assertThat(at(surface, points, points.get(i), any)).isCloseTo(any[i], within(1e-9));
            }
            double[] place = random.doubles(3).toArray();
            assertThat(Arrays.stream(surface.weights(place)).sum()).isCloseTo(1, within(1e-9));
            assertThat(at(surface, points, place, linear))
                .isCloseTo(2 + 3 * place[0] - 5 * place[1] + place[2], within(1e-9));
        }
    }

    /** Near a point the value is near too: no jump between being at it and beside it. */
    @Test
    void shouldBeContinuous() {
        List<double[]> points = drawn(12, 3);
        Surface surface = new Surface(points);
        double[] any = random.doubles(12).toArray();
        double[] beside = points.get(5).clone();
        beside[1] += 1e-9;

        assertThat(at(surface, points, beside, any)).isCloseTo(any[5], within(1e-6));
    }

    @Test
    void shouldTakeAxesOnWhichNothingWasVariedAndSinglePoints() {
        List<double[]> flat = List.of(new double[] {0, 0.5}, new double[] {1, 0.5}, new double[] {0.25, 0.5});
        assertThat(at(new Surface(flat), flat, new double[] {0.5, 0.5}, new double[] {1, 3, 1.5}))
            .isCloseTo(2, within(1e-9));
        assertThat(new Surface(List.of(new double[] {0, 0})).weights(new double[] {0.3, 0.4})).containsExactly(
            new double[] {1}, within(1e-9));
    }
}
