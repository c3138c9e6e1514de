package dev.steward.loadgen.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
    @Test
    void shouldTakeTenDigitsForTheCalendar() {
        assertThat(Stamp.ofSeconds("12.345678")).isEqualTo(Stamp.boot(12_345_678_000L));
        assertThat(Stamp.ofSeconds("1730000000.000001"))
            .isEqualTo(new Stamp(Stamp.Clock.WALL, 1_730_000_000_000_001_000L));
        assertThat(Stamp.findDate("1730000000.000001 host kernel: x"))
            .isEqualTo(new Stamp(Stamp.Clock.WALL, 1_730_000_000_000_001_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372037.000000", "9999999999.999999"})
    void shouldHaveNoTimeThatOverflows(String seconds) {
        assertThat(Stamp.ofSeconds(seconds)).isEqualTo(Stamp.NONE);
        assertThat(Stamp.findDate(seconds + " host kernel: x")).isEqualTo(Stamp.NONE);
    }
}
