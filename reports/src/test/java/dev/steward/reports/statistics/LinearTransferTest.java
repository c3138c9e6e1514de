package dev.steward.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearTransferTest {
    @Test
    void shouldFindTheLineAndNoErrorWhereThereIsOne() {
        LinearTransfer line = LinearTransfer.of(
            new double[] {90, 10, 20, 30, 50, 70}, new double[] {47, 7, 12, 17, 27, 37});

        assertThat(line.slope()).isCloseTo(0.5, within(1e-12));
        assertThat(line.intercept()).isCloseTo(2, within(1e-12));
        assertThat(line.fitted()).isEqualTo(2);
        assertThat(line.medianError()).isCloseTo(0, within(1e-12));
    }

    @Test
    void shouldJudgeOnThoseItWasNotFittedOn() {
        // Fitted on 20 and 70, where the figures are the same; 90 is off by a half.
        LinearTransfer line = LinearTransfer.of(
            new double[] {10, 20, 30, 50, 70, 90}, new double[] {10, 20, 30, 50, 70, 60});

        assertThat(line.worstError()).isCloseTo(0.5, within(1e-12));
        assertThat(line.medianError()).isCloseTo(0, within(1e-12));
    }
}
