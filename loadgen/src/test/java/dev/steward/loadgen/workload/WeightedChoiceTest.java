package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedChoiceTest {
    private static final int DRAWS = 200_000;
    private static final double ALPHA = 1e-4;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 1000})
    void shouldDrawAlikeWhenUniform(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1);

        assertDraws(WeightedChoice.of(Weights.uniform(count)), weights);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.99", "2, 0.99", "64, 0.99", "64, 0", "500, 0.5", "20, 2"})
    void shouldDrawByRankWhenZipf(int count, double exponent) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.pow(i + 1, -exponent);
        }

        assertDraws(WeightedChoice.of(Weights.zipf(count, exponent)), weights);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.9", "1, 0", "2, 0.9", "64, 0.9", "64, 1", "64, 0", "3, 0.5"})
    void shouldDrawTheHotItemWithItsShareWhenHot(int count, double hotShare) {
        double[] weights = new double[count];
        Arrays.fill(weights, (1 - hotShare) / Math.max(1, count - 1));
        weights[0] = count == 1 ? 1 : hotShare;

        assertDraws(WeightedChoice.of(Weights.hot(count, hotShare)), weights);
    }

    @Test
    void shouldNeverDrawAnItemOfWeightZero() {
        Randomness random = new Randomness(99);
        for (int round = 0; round < 300; round++) {
            double[] weights = new double[1 + random.nextInt(40)];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextInt(3) == 0 ? 0 : Math.pow(10, random.nextInt(13) - 6) * random.nextUnit();
            }
            weights[random.nextInt(weights.length)] = 1;
            WeightedChoice choice = WeightedChoice.of(weights);

            for (int i = 0; i < 2_000; i++) {
                assertThat(weights[choice.next(random)]).isPositive();
            }
        }
    }

    @Test
    void shouldFollowWeightsThatDifferByOrdersOfMagnitude() {
        double[] weights = {1e6, 1, 85, 10, 2, 0, 1e3};

        assertDraws(WeightedChoice.of(weights), weights);
    }

    @Test
    void shouldRefuseWeightsThatAreNoWeights() {
        assertThatThrownBy(() -> WeightedChoice.of(1, -1)).hasMessage("weight -1.0 is not 0 or more");
        assertThatThrownBy(() -> WeightedChoice.of(Double.NaN)).hasMessage("weight NaN is not 0 or more");
        assertThatThrownBy(() -> WeightedChoice.of(Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> WeightedChoice.of(0, 0)).hasMessageContaining("nothing to choose from");
        assertThatThrownBy(WeightedChoice::of).hasMessageContaining("nothing to choose from");
        assertThatThrownBy(() -> WeightedChoice.of(Double.MAX_VALUE, Double.MAX_VALUE))
            .hasMessageContaining("add up to Infinity");
    }

    private static void assertDraws(WeightedChoice choice, double[] weights) {
        Randomness random = new Randomness(4711);
        long[] counts = new long[weights.length];
        for (int i = 0; i < DRAWS; i++) {
            counts[choice.next(random)]++;
        }
        assertThat(choice.count()).isEqualTo(weights.length);
        double sum = Arrays.stream(weights).sum();
        int possible = (int) Arrays.stream(weights).filter(weight -> weight > 0).count();
        double[] expected = new double[possible];
        long[] observed = new long[possible];
        int next = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 0) {
                assertThat(counts[i]).isZero();
            } else {
                expected[next] = DRAWS * weights[i] / sum;
                observed[next++] = counts[i];
            }
        }
        if (possible > 1) {
            assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
        }
    }
}
