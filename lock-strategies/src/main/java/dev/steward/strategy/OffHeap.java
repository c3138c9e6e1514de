package dev.steward.strategy;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A zeroed, cache-line aligned piece of memory outside the heap, freed by {@link #free()} and not by the collector.
 *
 * <p>Agrona's aligned allocation hands out a slice, which the JVM refuses to free; so the root is kept here.
 */
final class OffHeap {
    /** Two 64-byte lines: the adjacent-line prefetcher of x86 and the 128-byte lines of some Arm servers. */
    static final int PADDED_LENGTH = 128;

    private final UnsafeBuffer buffer;
    private ByteBuffer root;

    OffHeap(long lengthBytes) {
        if (lengthBytes > Integer.MAX_VALUE - PADDED_LENGTH) {
            throw new IllegalArgumentException("an off-heap buffer of " + lengthBytes + " bytes is over 2 GiB");
        }
        root = ByteBuffer.allocateDirect((int) lengthBytes + PADDED_LENGTH);
        int misalignment = (int) (BufferUtil.address(root) & (PADDED_LENGTH - 1));
        buffer = new UnsafeBuffer(root, (PADDED_LENGTH - misalignment) & (PADDED_LENGTH - 1), (int) lengthBytes);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Frees the memory; the buffer is empty afterwards, so that a late access is out of bounds. Repeatable. */
    void free() {
        if (root != null) {
            buffer.wrap(new byte[0]);
            BufferUtil.free(root);
            root = null;
        }
    }
}
