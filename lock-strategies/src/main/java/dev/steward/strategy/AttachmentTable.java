package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;

import dev.steward.engine.stream.StreamIndex;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One attachment record per position, changed in place. Owns atomicity of a word, nothing else: the guard that holds
 * the table owns ordering and exclusion.
 */
final class AttachmentTable {
    private final OffHeap memory;
    private final UnsafeBuffer buffer;

    AttachmentTable(int capacity) {
        memory = new OffHeap((long) capacity << RECORD_SHIFT);
        buffer = memory.buffer();
    }

    /** Like {@link AttachmentRecord#snapshotOpaque}. */
    long snapshotOpaque(int position) {
        return AttachmentRecord.snapshotOpaque(buffer, position << RECORD_SHIFT);
    }

    /** Like {@link AttachmentRecord#loadOpaque}. */
    long loadOpaque(int position) {
        return AttachmentRecord.loadOpaque(buffer, position << RECORD_SHIFT);
    }

    /** Like {@link AttachmentRecord#storeOpaque}. */
    void storeOpaque(int position, long attachment) {
        AttachmentRecord.storeOpaque(buffer, position << RECORD_SHIFT, attachment);
    }

    /** The memory, for guards that keep words of their own in the records. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    long lengthBytes() {
        return buffer.capacity();
    }

    void free() {
        memory.free();
    }

    static int indexOfPresent(StreamIndex index, int streamId) {
        int position = index.indexOf(streamId);
        if (position == StreamIndex.ABSENT) {
            throw new IllegalArgumentException(
                "StreamID 0x" + Integer.toHexString(streamId) + " has no entry in the stream table");
        }
        return position;
    }
}
