package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.stream.Waiting;
import dev.steward.loadgen.record.FakeClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
    private static final long TICK_NS = 10;

    @ParameterizedTest
    @ValueSource(longs = {0, 500, Long.MAX_VALUE / 2})
    void shouldReturnTheFirstTimeThatIsNotBeforeTheIntendedOne(long spinNs) {
        Pacer pacer = new Pacer(new FakeClock(0, TICK_NS), spinNs);

        assertThat(pacer.awaitNs(1_000)).isEqualTo(1_000);
        assertThat(pacer.awaitNs(1_995)).isEqualTo(2_000);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheTimeHoweverItWaits(Waiting waiting) {
        Pacer pacer = new Pacer(new FakeClock(0, TICK_NS), waiting, 0);

        assertThat(pacer.awaitNs(1_000)).isEqualTo(1_000);
        assertThat(pacer.awaitNs(1_995)).isEqualTo(2_000);
    }

    @Test
    void shouldReturnAtOnceWhenTheTimeHasPassed() {
        FakeClock clock = new FakeClock(5_000, TICK_NS);

        assertThat(new Pacer(clock, 0).awaitNs(1_000)).isEqualTo(5_000);
        assertThat(clock.nowNs()).isEqualTo(5_000 + TICK_NS);
    }

    @Test
    void shouldNotMoveTheScheduleWhenTheMachineStallsInTheWait() {
        FakeClock clock = new FakeClock(0, TICK_NS);
        clock.stallAt(1_500, 10_000);
        Pacer pacer = new Pacer(clock, 200);

        assertThat(pacer.awaitNs(1_000)).isEqualTo(1_000);
        long lateNs = pacer.awaitNs(2_000);
        assertThat(lateNs).isBetween(11_500L, 11_500 + TICK_NS);
        // Whatever came due in between starts at once, and the first one after the stall is on time again.
        for (long intendedNs = 3_000; intendedNs <= 11_000; intendedNs += 1_000) {
            assertThat(pacer.awaitNs(intendedNs)).isLessThan(12_000);
        }
        assertThat(pacer.awaitNs(13_000)).isEqualTo(13_000);
    }

    @Test
    void shouldWaitAcrossTheWrapOfTheClock() {
        FakeClock clock = new FakeClock(Long.MAX_VALUE - 100, TICK_NS);

        assertThat(new Pacer(clock, 0).awaitNs(Long.MIN_VALUE + 99) - (Long.MIN_VALUE + 99)).isBetween(0L, TICK_NS);
    }
}
