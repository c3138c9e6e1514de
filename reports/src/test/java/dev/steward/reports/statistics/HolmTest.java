package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {
    /** R 4.2: {@code p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.2), "holm")}. */
    @Test
    void shouldCorrectAsRDoes() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005, 0.2}))
            .containsExactly(new double[] {0.04, 0.09, 0.09, 0.025, 0.2}, within(1e-12));
    }

    @Test
    void shouldNeverExceedOne() {
        assertThat(Holm.adjust(new double[] {0.6, 0.7})).containsExactly(1, 1);
        assertThat(Holm.adjust(new double[0])).isEmpty();
    }
}
