package dev.steward.engine.stream;

import static dev.steward.engine.stream.Entries.GUEST;
import static dev.steward.engine.stream.Entries.PARENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The expected masks are written out, so that a slip in the sets cannot hide behind the layout's own constants. */
final class StreamTableEntryUsedBitsTest {
    private static final long S1_WORD_0 = 0xf80fffffffffffffL;
    private static final long S1_WORD_1 = 0x00000000f80800ffL;
    private static final long SHCFG = 0x0000300000000000L;

    @Test
    void shouldUseNothingButVWhenNotValid() {
        assertUsed(new long[] {0xfffffffffffffffeL, -1L, -1L, -1L, -1L, -1L, -1L, -1L}, 1L, 0L, 0L, 0L);
    }

    @Test
    void shouldUseVAndConfigOfAbort() {
        assertUsed(StreamTableEntry.abort().words(), 0xfL, 0L, 0L, 0L);
    }

    @Test
    void shouldUseShareabilityOfBypass() {
        assertUsed(Entries.bypass().words(), 0xfL, SHCFG, 0L, 0L);
    }

    @Test
    void shouldUseVmidButNotShareabilityOfStage1() {
        assertUsed(Entries.stage1(Entries.stage1(2, false), false).words(),
            S1_WORD_0, S1_WORD_1, 0xffffL, 0L);
    }

    @Test
    void shouldUseShareabilityOfStage1WhereTrafficBypassesIt() {
        assertUsed(Entries.stage1(Entries.stage1(1, false), false).words(),
            S1_WORD_0, S1_WORD_1 | SHCFG, 0xffffL, 0L);
    }

    @Test
    void shouldUseAllOfStage2() {
        assertUsed(StreamTableEntry.stage2(PARENT, false).words(),
            0xfL, 0x0000300032080000L, 0x065fffff0000ffffL, 0x000ffffffffffff0L);
    }

    @Test
    void shouldUseBothStagesOfNested() {
        assertUsed(StreamTableEntry.nested(PARENT, GUEST, false).words(),
            S1_WORD_0, S1_WORD_1 | 0x0000300032080000L, 0x065fffff0000ffffL, 0x000ffffffffffff0L);
    }

    @Test
    void shouldCountMevAndFullAtsAsSafe() {
        assertThat(safe(StreamTableEntry.stage2(PARENT, true).words(), StreamTableEntry.abort().words()))
            .isEqualTo(0x10080000L);
    }

    @Test
    void shouldNotCountAtsAsSafeWithSplitAts() {
        long[] split = StreamTableEntry.nested(PARENT, GUEST, false).words().clone();
        split[1] |= 0x20000000L;

        assertThat(safe(split, StreamTableEntry.abort().words())).isEqualTo(0x80000L);
        assertThat(safe(StreamTableEntry.abort().words(), split)).isEqualTo(0x80000L);
    }

    @Test
    void shouldNotCountAtsAsSafeWhenStage2Stalls() {
        long[] stalling = StreamTableEntry.stage2(Entries.stallingStage2(5), false).words();

        assertThat(safe(stalling, StreamTableEntry.abort().words())).isEqualTo(0x80000L);
        assertThat(safe(StreamTableEntry.abort().words(), stalling)).isEqualTo(0x80000L);
    }

    private static long safe(long[] current, long[] target) {
        return StreamTableEntryUsedBits.safeWord1(current, target);
    }

    private static void assertUsed(long[] entry, long... expected) {
        long[] used = {-1, -1, -1, -1, -1, -1, -1, -1};
        StreamTableEntryUsedBits.compute(entry, used);
        assertThat(used).containsExactly(expected[0], expected[1], expected[2], expected[3], 0, 0, 0, 0);
    }
}
