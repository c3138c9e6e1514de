package dev.steward.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerfCountersTest {
    @Test
    void shouldScaleACounterThatSharedItsRegister() {
        assertThat(PerfCounters.scaled(100, 50, 50)).isEqualTo(100);
        assertThat(PerfCounters.scaled(100, 60, 20)).isEqualTo(300);
        assertThat(PerfCounters.scaled(0, 60, 0)).isZero();
    }

    @Test
    void shouldHaveNothingWhereItIsRefused() {
        try (PerfCounters none = PerfCounters.none(2)) {
            assertThat(none.read()).isNull();
            assertThat(none.error()).isEqualTo(2);
        }
    }

    /** Machines that have them count up, the others say why; a virtual machine mostly has none. */
    @Test
    void shouldCountOrSayWhyNot() {
        try (PerfCounters counters = PerfCounters.open()) {
            long[] first = counters.read();
            assertThat(first == null).isEqualTo(counters.error() != 0);
            double sum = 0;
            for (int i = 1; i < 2_000_000; i++) {
                sum += 1.0 / i;
            }
            assertThat(sum).isPositive();
            if (first != null) {
                int cycles = HardwareCounters.Event.CYCLES.ordinal();
                assertThat(counters.read()[cycles]).isGreaterThan(first[cycles]);
            }
        }
    }
}
