package dev.steward.strategy;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A zeroed, cache-line aligned piece of memory outside the heap, freed by {@link #free()} and not by the collector.
 */
final class OffHeap {
    /** Two 64-byte lines: the adjacent-line prefetcher of x86 and the 128-byte lines of some Arm servers. */
    static final int PADDED_LENGTH = 128;

    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;

    OffHeap(long lengthBytes) {
        if (lengthBytes > Integer.MAX_VALUE - PADDED_LENGTH) {
            throw new IllegalArgumentException("an off-heap buffer of " + lengthBytes + " bytes is over 2 GiB");
        }
        memory = BufferUtil.allocateDirectAligned((int) lengthBytes, PADDED_LENGTH);
        buffer = new UnsafeBuffer(memory, 0, (int) lengthBytes);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    void free() {
        buffer.wrap(0, 0);
        BufferUtil.free(memory);
    }
}
