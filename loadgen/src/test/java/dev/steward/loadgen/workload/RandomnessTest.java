package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomnessTest {
    private static final int DRAWS = 100_000;
    private static final double ALPHA = 1e-4;

    @Test
    void shouldGiveTheValuesPublishedForSplitMix64() {
        Randomness random = new Randomness(1234567);

        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("4593380528125082431");
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("16408922859458223821");
    }

    @Test
    void shouldGiveTheSameNumbersWhenTheSeedIsTheSame() {
        Randomness one = new Randomness(-5);
        Randomness other = new Randomness(-5);

        for (int i = 0; i < 1_000; i++) {
            assertThat(one.nextLong()).isEqualTo(other.nextLong());
        }
    }

    @Test
    void shouldKeepUnitNumbersBelowOne() {
        Randomness random = new Randomness(3);
        double least = 1;
        double most = 0;

        for (int i = 0; i < DRAWS; i++) {
            double unit = random.nextUnit();
            least = Math.min(least, unit);
            most = Math.max(most, unit);
        }

        assertThat(least).isBetween(0.0, 1e-3);
        assertThat(most).isGreaterThan(1 - 1e-3).isLessThan(1.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 64, 1000})
    void shouldDrawAllNumbersBelowABoundAlike(int bound) {
        Randomness random = new Randomness(bound);
        long[] counts = new long[bound];

        for (int i = 0; i < DRAWS; i++) {
            counts[random.nextInt(bound)]++;
        }

        assertThat(pOf(counts)).isGreaterThan(ALPHA);
    }

    @Test
    void shouldReachTheEndsOfTheLargestBound() {
        Randomness random = new Randomness(1);
        int most = 0;

        for (int i = 0; i < DRAWS; i++) {
            int drawn = random.nextInt(Integer.MAX_VALUE);
            assertThat(drawn).isNotNegative();
            most = Math.max(most, drawn);
        }

        assertThat(most).isGreaterThan((int) (Integer.MAX_VALUE * 0.999));
    }

    @Test
    void shouldDeriveADifferentSeedForEachRoleAndEachSeed() {
        Set<Long> seeds = new HashSet<>();

        for (long seed = 0; seed < 100; seed++) {
            for (int role = 0; role < 100; role++) {
                seeds.add(Randomness.derive(seed, "storm-arrivals-" + role));
            }
        }

        assertThat(seeds).hasSize(10_000);
        assertThat(Randomness.derive(7, "a")).isEqualTo(Randomness.derive(7, "a"));
    }

    @Test
    void shouldNotCorrelateTheSequencesOfDerivedSeeds() {
        double[] one = units(Randomness.derive(42, "storm-arrivals-0"));

        for (String role : new String[] {"storm-arrivals-1", "storm-records-0", "churn-arrivals-0-0"}) {
            double[] other = units(Randomness.derive(42, role));

            assertThat(new PearsonsCorrelation().correlation(one, other)).isBetween(-0.015, 0.015);
        }
        assertThat(new PearsonsCorrelation().correlation(one, units(Randomness.derive(43, "storm-arrivals-0"))))
            .isBetween(-0.015, 0.015);
    }

    private static double[] units(long seed) {
        Randomness random = new Randomness(seed);
        double[] units = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            units[i] = random.nextUnit();
        }
        return units;
    }

    private static double pOf(long[] counts) {
        if (counts.length == 1) {
            return 1;
        }
        double[] expected = new double[counts.length];
        Arrays.fill(expected, (double) DRAWS / counts.length);
        return new ChiSquareTest().chiSquareTest(expected, counts);
    }
}
