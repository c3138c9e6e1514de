package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final int LAST_RUNG = 1_000;

    /** To park an interrupted thread does nothing: one that waits for a core would keep it. */
    @Test
    void shouldParkInterruptedThreadAndKeepItsState() {
        List<Boolean> interruptedInPark = new ArrayList<>();
        Thread.currentThread().interrupt();
        Backoff.pause(LAST_RUNG, ns -> interruptedInPark.add(Thread.currentThread().isInterrupted()));
        assertThat(Thread.interrupted()).as("for the caller").isTrue();
        assertThat(interruptedInPark).containsExactly(false);

        Backoff.pause(LAST_RUNG, ns -> interruptedInPark.add(Thread.currentThread().isInterrupted()));
        assertThat(Thread.interrupted()).isFalse();
        assertThat(interruptedInPark).containsExactly(false, false);
    }

    @Test
    void shouldParkLongerRoundByRoundUpTo64Microseconds() {
        List<Long> parkedNs = new ArrayList<>();
        for (int round = 0; round < LAST_RUNG; round++) {
            Backoff.pause(round, parkedNs::add);
        }
        assertThat(parkedNs).startsWith(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 64_000L)
            .endsWith(64_000L);
        assertThat(parkedNs).hasSizeLessThan(LAST_RUNG);
    }
}
