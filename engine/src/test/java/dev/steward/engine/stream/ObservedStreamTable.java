package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_WORDS;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** One entry that remembers what the hardware could have fetched: its words after every single store. */
final class ObservedStreamTable extends StreamTable {
    private final long[] entry = new long[STE_WORDS];
    private final List<long[]> states = new ArrayList<>();

    ObservedStreamTable(long[] initial) {
        super(0);
        System.arraycopy(initial, 0, entry, 0, STE_WORDS);
    }

    long[] entry() {
        return entry.clone();
    }

    /** The entry after each store, oldest first. */
    List<long[]> states() {
        return states;
    }

    @Override
    public int indexOf(int streamId) {
        return 0;
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public void allocate(int streamId) {
        checkContains(streamId);
    }

    @Override
    public long readWordAcquire(int streamId, int word) {
        return entry[word];
    }

    @Override
    public void readEntry(int streamId, long[] dst) {
        System.arraycopy(entry, 0, dst, 0, STE_WORDS);
    }

    @Override
    void writeWordRelease(int streamId, int word, long value) {
        entry[word] = value;
        states.add(entry.clone());
    }

    @Override
    UnsafeBuffer entries(int streamId) {
        throw new UnsupportedOperationException("the entry is on the heap");
    }

    @Override
    int entryOffset(int streamId) {
        return 0;
    }

    @Override
    public long offHeapBytes() {
        return 0;
    }

    @Override
    public void close() {
        states.clear();
    }
}
