package dev.steward.reports.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FairnessTest {
    @Test
    void shouldBeOneWhenAllAreAlike() {
        assertThat(Fairness.of(List.of(7.0, 7.0, 7.0)).jain()).isEqualTo(1);
        assertThat(Fairness.of(List.of(7.0)).jain()).isEqualTo(1);
    }

    @Test
    void shouldBeOneByTheirNumberWhenOneBearsItAll() {
        assertThat(Fairness.of(List.of(0.0, 0.0, 8.0, 0.0)).jain()).isEqualTo(0.25);
    }

    /** By hand: 6^2 / (3 x 14). */
    @Test
    void shouldGiveSmallestMeanAndLargest() {
        Fairness fairness = Fairness.of(List.of(3.0, 1.0, 2.0));

        assertThat(fairness.parties()).isEqualTo(3);
        assertThat(fairness.minNs()).isEqualTo(1);
        assertThat(fairness.meanNs()).isEqualTo(2);
        assertThat(fairness.maxNs()).isEqualTo(3);
        assertThat(fairness.jain()).isCloseTo(36.0 / 42, within(1e-12));
    }

    @Test
    void shouldBeEvenWhenThereIsNobody() {
        assertThat(Fairness.of(List.of())).isEqualTo(new Fairness(0, 0, 0, 0, 1));
    }
}
