package dev.steward.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerfCountersTest {
    @Test
    void shouldScaleACounterThatSharedItsRegister() {
        HardwareCounters.Count first = new HardwareCounters.Count(1_000, 500, 100);

        assertThat(new HardwareCounters.Count(1_100, 550, 150).since(first)).isEqualTo(100);
        assertThat(new HardwareCounters.Count(1_100, 560, 120).since(first)).isEqualTo(300);
        assertThat(new HardwareCounters.Count(1_000, 560, 100).since(first)).as("no register").isNull();
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
            HardwareCounters.Count[] first = counters.read();
            assertThat(first == null).isEqualTo(counters.error() != 0);
            double sum = 0;
            for (int i = 1; i < 2_000_000; i++) {
                sum += 1.0 / i;
            }
            assertThat(sum).isPositive();
            if (first != null) {
                int cycles = HardwareCounters.Event.CYCLES.ordinal();
                assertThat(counters.read()[cycles].since(first[cycles])).isPositive();
            }
        }
    }
}
