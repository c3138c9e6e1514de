package dev.steward.engine.stream;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A zeroed piece of memory outside the heap, aligned to {@link #PADDED_LENGTH}. Given back at once by {@link #free()},
 * else by the collector when nobody can reach this or its buffer any more; an address keeps nothing.
 *
 * <p>Agrona's aligned allocation hands out a slice, which the JVM refuses to free; so the root is kept here.
 */
public final class OffHeap {
    /** Two 64-byte lines: the adjacent-line prefetcher of x86 and the 128-byte lines of some Arm servers. */
    public static final int PADDED_LENGTH = 128;

    private final UnsafeBuffer buffer;
    private ByteBuffer root;
    private long address;

    /**
     * Allocates.
     *
     * @param lengthBytes 0 to 2^31 - 1 less {@link #PADDED_LENGTH}.
     * @throws IllegalArgumentException if it is longer.
     */
    public OffHeap(long lengthBytes) {
        if (lengthBytes > Integer.MAX_VALUE - PADDED_LENGTH) {
            throw new IllegalArgumentException("an off-heap buffer of " + lengthBytes + " bytes is over 2 GiB");
        }
        root = ByteBuffer.allocateDirect((int) lengthBytes + PADDED_LENGTH);
        int misalignment = (int) (BufferUtil.address(root) & (PADDED_LENGTH - 1));
        buffer = new UnsafeBuffer(root, (PADDED_LENGTH - misalignment) & (PADDED_LENGTH - 1), (int) lengthBytes);
        address = buffer.addressOffset();
    }

    /** {@return the memory; keeps it mapped} */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where words lie, for {@link OffHeapWords}.
     *
     * @param offset of the first byte, 0 or more and below the length. It alone is checked, and not with {@code
     *               agrona.disable.bounds.checks}: the caller vouches for what follows it.
     * @return good until {@link #free()}, and only while somebody holds this object.
     * @throws IndexOutOfBoundsException if it is outside; once the memory is free, always.
     */
    public long address(int offset) {
        if (UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
            Objects.checkIndex(offset, buffer.capacity());
        }
        return address + offset;
    }

    /** {@return bytes, 0 once the memory is free} */
    public long lengthBytes() {
        return buffer.capacity();
    }

    /** Frees the memory; the buffer is empty afterwards, so that a late access is out of bounds. Repeatable. */
    public void free() {
        if (root != null) {
            buffer.wrap(new byte[0]);
            address = 0;
            BufferUtil.free(root);
            root = null;
        }
    }
}
