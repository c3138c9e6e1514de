package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_LENGTH_SHIFT;

import org.agrona.concurrent.UnsafeBuffer;

/** The linear form: one array of 2^sidBits entries, position = StreamID, one load to reach a word of an entry. */
final class LinearStreamTable extends StreamTable {
    private final OffHeap memory;
    private final UnsafeBuffer entries;
    private final int capacity;

    LinearStreamTable(int sidBits) {
        super(checkSidBits(sidBits));
        capacity = 1 << sidBits;
        memory = abortEntries(capacity << STE_LENGTH_SHIFT);
        entries = memory.buffer();
    }

    @Override
    public int indexOf(int streamId) {
        return contains(streamId) ? streamId : ABSENT;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void allocate(int streamId) {
        checkContains(streamId);
    }

    @Override
    public long offHeapBytes() {
        return (long) capacity << STE_LENGTH_SHIFT;
    }

    @Override
    public void close() {
        memory.free();
    }

    @Override
    UnsafeBuffer entries(int streamId) {
        checkContains(streamId);
        return entries;
    }

    @Override
    int entryOffset(int streamId) {
        return streamId << STE_LENGTH_SHIFT;
    }

    private static int checkSidBits(int sidBits) {
        if (sidBits < 0 || sidBits > MAX_LINEAR_SID_BITS) {
            throw new IllegalArgumentException("a linear stream table holds 0 to " + MAX_LINEAR_SID_BITS
                + " StreamID bits (a buffer ends at 2 GiB), not " + sidBits + "; use the two-level form");
        }
        return sidBits;
    }
}
