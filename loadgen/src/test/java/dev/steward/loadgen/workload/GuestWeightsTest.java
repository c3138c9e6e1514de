package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class GuestWeightsTest {
    /** Guest 0 has three streams, guest 1 one, guest 2 two. */
    private static final int[] GUESTS = {0, 1, 2, 0, 2, 0};

    @Test
    void shouldSpreadTheShareOfAGuestEvenlyOverItsStreams() {
        assertThat(Weights.guests(GUESTS, 0.6, 0.3, 0.1)).containsExactly(
            new double[] {0.2, 0.3, 0.05, 0.2, 0.05, 0.2}, within(1e-12));
    }

    @Test
    void shouldShareWhatIsLeftAmongTheGuestsThatAreNotNamed() {
        assertThat(Weights.guests(GUESTS, 0.6)).containsExactly(
            new double[] {0.2, 0.2, 0.1, 0.2, 0.1, 0.2}, within(1e-12));
        assertThat(Weights.guests(GUESTS)).containsExactly(
            new double[] {1 / 9.0, 1 / 3.0, 1 / 6.0, 1 / 9.0, 1 / 6.0, 1 / 9.0}, within(1e-12));
        assertThat(Weights.guests(GUESTS, 1)).containsExactly(
            new double[] {1 / 3.0, 0, 0, 1 / 3.0, 0, 1 / 3.0}, within(1e-12));
    }

    @Test
    void shouldLeaveNothingButRoundingWhenTheSharesAddUpToOne() {
        int[] eleven = new int[11];
        double[] tenths = new double[10];
        for (int i = 0; i < 11; i++) {
            eleven[i] = i;
            tenths[i % 10] = 0.1;
        }

        assertThat(Weights.guests(eleven, tenths)[10]).isZero();
    }

    @Test
    void shouldKeepTheProportionsOfTheOthersWhenAGuestHasNoStreams() {
        assertThat(Weights.guests(new int[] {0, 2}, 0.2, 0.6, 0.2)).containsExactly(0.2, 0.2);
        assertThat(Weights.guests(new int[] {0, 3}, 0.2, 0.6)).containsExactly(new double[] {0.2, 0.2}, within(1e-12));
        assertThat(Weights.guests(new int[] {0, 0}, 0.2, 0.6, 0.2)).containsExactly(0.1, 0.1);
    }

    @Test
    void shouldOfferEachGuestItsShare() {
        double[] shares = {0.6, 0.3, 0.1};

        assertThat(p(Weights.guests(GUESTS, 0.6, 0.3), shares)).isGreaterThan(1e-3);
        assertThat(p(Weights.guests(GUESTS, 0.58, 0.32), shares)).isLessThan(1e-3);
        assertThat(p(Weights.uniform(6), shares)).isLessThan(1e-3);
    }

    @Test
    void shouldRefuseSharesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Weights.guests(GUESTS, -0.1))
            .withMessage("share -0.1 is not 0 or more");
        assertThatIllegalArgumentException().isThrownBy(() -> Weights.guests(GUESTS, 0.5, Double.NaN))
            .withMessage("share NaN is not 0 or more");
        assertThatIllegalArgumentException().isThrownBy(() -> Weights.guests(GUESTS, 0.9, 0.2))
            .withMessageContaining("over 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Weights.guests(new int[] {0, 0}, 0, 1))
            .withMessage("no guest that has streams has a share above 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Weights.guests(new int[0], 1));
    }

    private static double p(double[] weights, double[] shares) {
        WeightedChoice choice = WeightedChoice.of(weights);
        Randomness random = new Randomness(4711);
        long[] perGuest = new long[shares.length];
        for (int i = 0; i < 50_000; i++) {
            perGuest[GUESTS[choice.next(random)]]++;
        }
        return new ChiSquareTest().chiSquareTest(shares, perGuest);
    }
}
