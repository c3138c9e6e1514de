package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.Wording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeLeftTest {
    private static final int CELLS = 4;
    private static final long PLANNED_MS = 8_000;

    private final TimeLeft timeLeft = new TimeLeft(CELLS, PLANNED_MS);

    @Test
    void shouldTrustThePlanWhenNoCellHasEnded() {
        assertThat(timeLeft.leftMs(1_500)).isEqualTo(6_500);
    }

    @Test
    void shouldNotBecomeNegativeWhenThePlanWasTooShort() {
        assertThat(timeLeft.leftMs(9_000)).isZero();
    }

    @Test
    void shouldTrustTheMeanWhenCellsHaveEnded() {
        assertThat(timeLeft.cellEnded(5_000)).isEqualTo(1);
        assertThat(timeLeft.cellEnded(6_000)).isEqualTo(2);

        assertThat(timeLeft.leftMs(6_000)).isEqualTo(6_000);
        assertThat(timeLeft.leftMs(7_000)).isEqualTo(5_000);
    }

    @Test
    void shouldBeZeroWhenAllCellsHaveEnded() {
        for (int cell = 1; cell <= CELLS; cell++) {
            timeLeft.cellEnded(cell * 1_000L);
        }

        assertThat(timeLeft.leftMs(4_000)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "1, 1 s", "59000, 59 s", "59001, 1 min 00 s", "65000, 1 min 05 s", "7380000, 2 h 03 min"})
    void shouldPrintForPeople(long ms, String text) {
        assertThat(Wording.time(ms)).isEqualTo(text);
    }
}
