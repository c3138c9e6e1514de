package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;

import dev.steward.engine.stream.OffHeap;
import org.agrona.concurrent.UnsafeBuffer;

/** One attachment record per position, changed in place. */
final class AttachmentTable extends AttachmentMemory {
    private final OffHeap memory;
    private final UnsafeBuffer buffer;

    AttachmentTable(int capacity) {
        memory = new OffHeap((long) capacity << RECORD_SHIFT);
        buffer = memory.buffer();
    }

    @Override
    long snapshotOpaque(int position) {
        return AttachmentRecord.snapshotOpaque(buffer, position << RECORD_SHIFT);
    }

    @Override
    long loadOpaque(int position) {
        return AttachmentRecord.loadOpaque(buffer, position << RECORD_SHIFT);
    }

    @Override
    void storeOpaque(int position, long attachment) {
        AttachmentRecord.storeOpaque(buffer, position << RECORD_SHIFT, attachment);
    }

    /** The memory, for guards that keep words of their own in the records. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    @Override
    public long lengthBytes() {
        return buffer.capacity();
    }

    @Override
    public void free() {
        memory.free();
    }
}
