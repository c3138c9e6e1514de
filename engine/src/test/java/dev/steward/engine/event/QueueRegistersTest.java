package dev.steward.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueRegistersTest {
    private static final int LOG2_SIZE = 15;
    private static final int EMPTY = 0x00000;
    private static final int FULL = 0x08000;

    /** Domain reference 11.2, queue of 2^15. */
    @Test
    void shouldSetWrapBitOnlyWhenFullFromEmpty() {
        assertThat(QueueRegisters.register(0, LOG2_SIZE, false)).isEqualTo(EMPTY);
        assertThat(QueueRegisters.register(1 << LOG2_SIZE, LOG2_SIZE, false)).isEqualTo(FULL);
        assertThat(QueueRegisters.full(FULL, EMPTY, LOG2_SIZE)).isTrue();
        assertThat(QueueRegisters.empty(FULL, EMPTY, LOG2_SIZE)).isFalse();
        assertThat(QueueRegisters.used(FULL, EMPTY, LOG2_SIZE)).isEqualTo(32_768);
    }

    @Test
    void shouldPutOverflowFlagInBit31AndNowhereElse() {
        int prod = QueueRegisters.register(1 << LOG2_SIZE, LOG2_SIZE, true);
        assertThat(prod).isEqualTo(0x8000_8000);
        assertThat(QueueRegisters.overflowPending(prod, EMPTY)).isTrue();
        assertThat(QueueRegisters.overflowPending(prod, 0x8000_0000)).isFalse();
        assertThat(QueueRegisters.overflowPending(FULL, 0x8000_0000)).isTrue();
        assertThat(QueueRegisters.used(prod, EMPTY, LOG2_SIZE)).isEqualTo(32_768);
        assertThat(QueueRegisters.full(prod, EMPTY, LOG2_SIZE)).isTrue();
        assertThat(QueueRegisters.empty(0x8000_0003, 3, LOG2_SIZE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 15, 19})
    void shouldAgreeWithCountsAcrossWraps(int log2Size) {
        int size = 1 << log2Size;
        for (long taken : new long[] {0, 1, size - 1, size, size + 1, 2L * size - 1, 2L * size, 7L * size + 3,
            (1L << 40) + size - 1, Long.MAX_VALUE - 4L * size}) {
            for (int used : new int[] {0, 1 & (size - 1), size / 2, size - 1, size}) {
                int prod = QueueRegisters.register(taken + used, log2Size, used % 2 == 0);
                int cons = QueueRegisters.register(taken, log2Size, taken % 2 == 0);
                assertThat(QueueRegisters.used(prod, cons, log2Size)).isEqualTo(used);
                assertThat(QueueRegisters.empty(prod, cons, log2Size)).isEqualTo(used == 0);
                assertThat(QueueRegisters.full(prod, cons, log2Size)).isEqualTo(used == size);
                assertThat((prod & 0x7fff_ffff) >>> (log2Size + 1)).as("nothing above the wrap bit").isZero();
            }
        }
    }

    @Test
    void shouldComeBackToResetValueAfterTwoTimesRoundTheRing() {
        assertThat(QueueRegisters.register(2L << LOG2_SIZE, LOG2_SIZE, false)).isZero();
        assertThat(QueueRegisters.register((2L << LOG2_SIZE) + 5, LOG2_SIZE, false)).isEqualTo(5);
        assertThat(QueueRegisters.register((1L << LOG2_SIZE) + 5, LOG2_SIZE, false)).isEqualTo(0x8005);
    }
}
