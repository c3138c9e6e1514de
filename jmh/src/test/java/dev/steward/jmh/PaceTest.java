package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private long nowNs = 5_000;
    private long sleptNs;
    private int looks;

    /** Each look at the clock takes 100 ns, so that spinning ends. */
    private long clock() {
        looks++;
        nowNs += 100;
        return nowNs;
    }

    @Test
    void shouldKeepToItsScheduleAndSleepOverLongGaps() {
        Pace pace = new Pace(1_000, this::clock, ns -> {
            sleptNs += ns;
            nowNs += ns;
        });
        pace.start();
        long startNs = nowNs;
        for (int i = 1; i <= 3; i++) {
            pace.awaitNext();
            assertThat(nowNs - startNs).isBetween(i * 1_000_000L, i * 1_000_000L + 200);
        }
        assertThat(sleptNs).isGreaterThan(2_700_000);
    }

    @Test
    void shouldCatchUpWhenLateAndNotRebase() {
        Pace pace = new Pace(1_000, this::clock, ns -> nowNs += ns);
        pace.start();
        long startNs = nowNs;
        nowNs += 10_000_000;
        for (int i = 1; i <= 10; i++) {
            looks = 0;
            pace.awaitNext();
            assertThat(looks).isOne();
        }
        pace.awaitNext();
        assertThat(nowNs - startNs).isBetween(11_000_000L, 11_000_200L);
    }
}
