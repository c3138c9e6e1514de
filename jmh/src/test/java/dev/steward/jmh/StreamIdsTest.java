package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class StreamIdsTest {
    @Test
    void shouldReachEveryEntryAndNoOther() {
        StreamIds streamIds = new StreamIds(4096, 0);
        BitSet seen = new BitSet();
        for (int i = 0; i < 4096 * 20; i++) {
            seen.set(streamIds.next());
        }
        assertThat(seen.cardinality()).isEqualTo(4096);
        assertThat(seen.length()).isEqualTo(4096);
    }

    /** The published workload: other programs must find the same numbers. */
    @Test
    void shouldGiveThePublishedNumbers() {
        StreamIds streamIds = new StreamIds(4096, 0);
        long state = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < 100; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            assertThat(streamIds.next()).isEqualTo((int) ((state >>> 32) & 4095));
        }
    }

    @Test
    void shouldDifferFromThreadToThread() {
        StreamIds first = new StreamIds(1 << 20, 0);
        StreamIds second = new StreamIds(1 << 20, 1);
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            same += first.next() == second.next() ? 1 : 0;
        }
        assertThat(same).isLessThan(10);
    }
}
