package dev.steward.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffHeapTest {
    private static final int CACHE_LINE_PAIR = 128;

    @ParameterizedTest
    @ValueSource(longs = {1, 64, 127, 128, 4096, 100_000})
    void shouldAlignMemoryToPairOfCacheLinesAndZeroIt(long lengthBytes) {
        OffHeap memory = new OffHeap(lengthBytes);
        UnsafeBuffer buffer = memory.buffer();
        assertThat(buffer.capacity()).isEqualTo((int) lengthBytes);
        assertThat(memory.lengthBytes()).isEqualTo(lengthBytes);
        assertThat(memory.address(0) % CACHE_LINE_PAIR).isZero();
        for (int i = 0; i < lengthBytes; i++) {
            assertThat(buffer.getByte(i)).isZero();
        }
        memory.free();
        assertThat(buffer.capacity()).as("a late access is out of bounds").isZero();
        assertThat(memory.lengthBytes()).isZero();
        memory.free();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseAnAddressOutside(int offset) {
        OffHeap memory = new OffHeap(64);
        assertThatThrownBy(() -> memory.address(offset)).isInstanceOf(IndexOutOfBoundsException.class);
        memory.free();
    }

    @Test
    void shouldRefuseEveryAddressOnceTheMemoryIsFree() {
        OffHeap memory = new OffHeap(64);
        memory.free();
        assertThatThrownBy(() -> memory.address(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The words are those of the buffer: each mode stores and loads all bits where it is told to, and nothing else. */
    @Test
    void shouldReadAndWriteTheWordsOfTheBuffer() {
        OffHeap memory = new OffHeap(64);
        UnsafeBuffer buffer = memory.buffer();
        long at = memory.address(8);
        OffHeapWords.putLongOpaque(at, 0x0123_4567_89ab_cdefL);
        assertThat(OffHeapWords.getLong(at)).isEqualTo(OffHeapWords.getLongOpaque(at))
            .isEqualTo(OffHeapWords.getLongAcquire(at)).isEqualTo(OffHeapWords.getLongVolatile(at))
            .isEqualTo(buffer.getLong(8)).isEqualTo(0x0123_4567_89ab_cdefL);
        OffHeapWords.putLongRelease(at, -1);
        assertThat(OffHeapWords.compareAndSetLong(at, 1, 2)).isFalse();
        assertThat(OffHeapWords.compareAndSetLong(at, -1, -2)).isTrue();
        assertThat(OffHeapWords.getAndAddLong(at, -3)).isEqualTo(-2);
        assertThat(buffer.getLong(8)).isEqualTo(-5);

        OffHeapWords.putIntRelease(memory.address(20), Integer.MIN_VALUE);
        assertThat(OffHeapWords.getAndAddInt(memory.address(20), -1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(OffHeapWords.getInt(memory.address(20))).isEqualTo(OffHeapWords.getIntOpaque(memory.address(20)))
            .isEqualTo(OffHeapWords.getIntAcquire(memory.address(20))).isEqualTo(buffer.getInt(20))
            .isEqualTo(Integer.MAX_VALUE);
        assertThat(buffer.getLong(0)).isEqualTo(buffer.getInt(16)).isEqualTo(buffer.getLong(24)).isZero();
        memory.free();
    }
}
