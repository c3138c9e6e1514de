package dev.steward.engine.stream;

import java.nio.ByteBuffer;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Zeroed off-heap memory aligned to an entry, that can be given back at once.
 *
 * <p>Agrona's aligned allocation hands out a slice, which the JVM refuses to free; so the root is kept here.
 */
final class AlignedMemory {
    private static final int ALIGNMENT = StreamTableEntryLayout.STE_LENGTH;

    private final ByteBuffer root;
    private final UnsafeBuffer view;

    AlignedMemory(int lengthBytes) {
        root = ByteBuffer.allocateDirect(lengthBytes + ALIGNMENT);
        int misalignment = (int) (BufferUtil.address(root) & (ALIGNMENT - 1));
        view = new UnsafeBuffer(root, (ALIGNMENT - misalignment) & (ALIGNMENT - 1), lengthBytes);
    }

    UnsafeBuffer view() {
        return view;
    }

    /** Fills the memory with abort entries, as the driver does before it shows a table or a block to the hardware. */
    void fillWithAbort() {
        long abort = StreamTableEntry.abort().word(0);
        for (int offset = 0; offset < view.capacity(); offset += StreamTableEntryLayout.STE_LENGTH) {
            view.putLong(offset, abort);
        }
    }

    /** Frees the memory; the view is empty afterwards, so that a late access is out of bounds. Once only. */
    void free() {
        view.wrap(new byte[0]);
        BufferUtil.free(root);
    }
}
