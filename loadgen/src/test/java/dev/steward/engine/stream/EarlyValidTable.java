package dev.steward.engine.stream;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A table whose writer is wrong on purpose: it makes an entry valid before words 1 and 3 are stored. In this package,
 * since only the writer of an entry may store words.
 */
public final class EarlyValidTable extends StreamTable {
    private static final long LATE_NS = 20_000;

    private final StreamTable table;
    /** Words 1 and 3 of the entry that is being written; null is not to be stored. One writer at a time. */
    private final Long[] held = new Long[StreamTableEntryLayout.STE_WORDS];

    public EarlyValidTable(StreamTable table) {
        super(table.sidBits());
        this.table = table;
    }

    @Override
    void writeWordRelease(int streamId, int word, long value) {
        if (word == 1 || word == 3) {
            held[word] = value;
        } else {
            table.writeWordRelease(streamId, word, value);
            if (word == 0 && value != 0) {
                storeHeld(streamId);
            }
        }
    }

    private void storeHeld(int streamId) {
        long fromNs = System.nanoTime();
        while (System.nanoTime() - fromNs < LATE_NS) {
            Thread.onSpinWait();
        }
        for (int word = 0; word < held.length; word++) {
            if (held[word] != null) {
                table.writeWordRelease(streamId, word, held[word]);
                held[word] = null;
            }
        }
    }

    @Override
    public void allocate(int streamId) {
        table.allocate(streamId);
    }

    @Override
    UnsafeBuffer entries(int streamId) {
        return table.entries(streamId);
    }

    @Override
    int entryOffset(int streamId) {
        return table.entryOffset(streamId);
    }

    @Override
    public long offHeapBytes() {
        return table.offHeapBytes();
    }

    @Override
    public int indexOf(int streamId) {
        return table.indexOf(streamId);
    }

    @Override
    public int capacity() {
        return table.capacity();
    }

    @Override
    public void close() {
        table.close();
    }
}
