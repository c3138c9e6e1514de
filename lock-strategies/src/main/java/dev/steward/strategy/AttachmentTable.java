package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;

import dev.steward.engine.stream.OffHeap;

/** One attachment record per position, changed in place. */
final class AttachmentTable extends AttachmentMemory {
    private final OffHeap memory;

    AttachmentTable(int capacity) {
        memory = new OffHeap((long) capacity << RECORD_SHIFT);
    }

    @Override
    long snapshotOpaque(int position) {
        return AttachmentRecord.snapshotOpaque(address(position));
    }

    @Override
    long loadOpaque(int position) {
        return AttachmentRecord.loadOpaque(address(position));
    }

    @Override
    void storeOpaque(int position, long attachment) {
        AttachmentRecord.storeOpaque(address(position), attachment);
    }

    /** Where the record lies, for guards that keep words of their own in it. */
    long address(int position) {
        return memory.address(position << RECORD_SHIFT);
    }

    /** The memory of all records, for a guard that finds its own words there. */
    OffHeap memory() {
        return memory;
    }

    @Override
    public long lengthBytes() {
        return memory.lengthBytes();
    }

    @Override
    public void free() {
        memory.free();
    }
}
