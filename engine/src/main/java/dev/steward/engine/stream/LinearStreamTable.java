package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_LENGTH_SHIFT;
import static dev.steward.engine.stream.StreamTableEntryLayout.STE_WORDS;
import static dev.steward.engine.stream.StreamTableEntryLayout.wordOffset;

import org.agrona.concurrent.UnsafeBuffer;

/** The linear form: one array of 2^sidBits entries, position = StreamID, one load to reach a word of an entry. */
final class LinearStreamTable extends StreamTable {
    private final AlignedMemory memory;
    private final UnsafeBuffer entries;
    private final int capacity;
    private boolean closed;

    LinearStreamTable(int sidBits) {
        super(checkSidBits(sidBits));
        capacity = 1 << sidBits;
        memory = new AlignedMemory(capacity << STE_LENGTH_SHIFT);
        memory.fillWithAbort();
        entries = memory.view();
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
    public long readWordAcquire(int streamId, int word) {
        return entries.getLongAcquire(entryOffset(streamId) + wordOffset(word));
    }

    @Override
    public void readEntry(int streamId, long[] dst) {
        UnsafeBuffer buffer = entries;
        int offset = entryOffset(streamId);
        for (int word = 0; word < STE_WORDS; word++) {
            dst[word] = buffer.getLongAcquire(offset + wordOffset(word));
        }
    }

    @Override
    void writeWordRelease(int streamId, int word, long value) {
        entries.putLongRelease(entryOffset(streamId) + wordOffset(word), value);
    }

    @Override
    public long offHeapBytes() {
        return (long) capacity << STE_LENGTH_SHIFT;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.free();
        }
    }

    private int entryOffset(int streamId) {
        checkContains(streamId);
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
