package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_WORDS;
import static dev.steward.engine.stream.StreamTableEntryLayout.wordOffset;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The stream table of one SMMU: an entry (STE) per StreamID, off-heap, in one of the two forms of the architecture.
 *
 * <p>Division of duty: the table owns the atomicity of a 64-bit word, the {@link StreamTableEntryWriter} the order of
 * the stores to an entry, a guard the exclusion. Nothing here makes eight words one snapshot.
 *
 * <p>Threading: look-ups and reads are lock-free and safe for any number of threads, also while {@link #allocate} runs
 * in several; only {@link #close} needs that nobody else is left.
 */
public abstract class StreamTable implements StreamIndex, AutoCloseable {
    /** Widest StreamID of the architecture (IDR1.SIDSIZE, docs/domain.md, 2.2). */
    public static final int MAX_SID_BITS = 32;
    /** Widest StreamID of the linear form: 2^24 entries are 1 GiB, and 2^25 would not fit a buffer of 2 GiB. */
    public static final int MAX_LINEAR_SID_BITS = 24;

    private final int sidBits;

    StreamTable(int sidBits) {
        this.sidBits = sidBits;
    }

    /**
     * Makes a linear table: 2^sidBits entries at once, all abort.
     *
     * @param sidBits log2 of the number of StreamIDs, 0 to {@link #MAX_LINEAR_SID_BITS}.
     * @return the table.
     * @throws IllegalArgumentException if {@code sidBits} is out of range.
     */
    public static StreamTable linear(int sidBits) {
        return new LinearStreamTable(sidBits);
    }

    /**
     * Makes a two-level table without any block.
     *
     * @param sidBits   log2 of the number of StreamIDs, {@code split} to {@link #MAX_SID_BITS}.
     * @param split     log2 of the entries of a level-2 block: 6, 8 or 10. Linux uses 8, a PCI bus.
     * @param maxBlocks bound on the number of blocks, at least 1; a bound above the number of blocks that the
     *                  StreamIDs can fill is lowered to it. Sets {@link #capacity()}.
     * @return the table.
     * @throws IllegalArgumentException if a value is out of range or the capacity would exceed 2^31 - 1 positions.
     */
    public static StreamTable twoLevel(int sidBits, int split, int maxBlocks) {
        return new TwoLevelStreamTable(sidBits, split, maxBlocks);
    }

    /** {@return log2 of the number of StreamIDs} */
    public final int sidBits() {
        return sidBits;
    }

    /**
     * Tells whether a StreamID is inside the StreamID space, whether or not there is an entry for it yet.
     *
     * @param streamId 32 raw bits.
     * @return false if the hardware would report C_BAD_STREAMID.
     */
    public final boolean contains(int streamId) {
        return (streamId & 0xffff_ffffL) >>> sidBits == 0;
    }

    /**
     * Makes sure that a StreamID has an entry, as the driver does when it probes a device. Cold, may be called by any
     * thread and again for the same StreamID; a new block shows up with all its entries abort.
     *
     * @param streamId 32 raw bits.
     * @throws IndexOutOfBoundsException if the StreamID is outside the table (the driver's ERANGE).
     * @throws IllegalStateException     if the bound on the number of blocks is reached, or the table is closed.
     */
    public abstract void allocate(int streamId);

    /**
     * Reads one word with acquire semantics.
     *
     * @param streamId 32 raw bits; has an entry, see {@link #indexOf}.
     * @param word     0 to 7.
     * @return the word, never torn.
     * @throws IndexOutOfBoundsException if the StreamID has no entry.
     */
    public long readWordAcquire(int streamId, int word) {
        return entries(streamId).getLongAcquire(entryOffset(streamId) + wordOffset(word));
    }

    /**
     * Reads the words of an entry, word 0 first, each with acquire semantics.
     *
     * <p>Not one snapshot: a writer at work may be seen in the middle of its steps.
     *
     * @param streamId 32 raw bits; has an entry, see {@link #indexOf}.
     * @param dst      receives eight words.
     * @throws IndexOutOfBoundsException if the StreamID has no entry or {@code dst} is too short.
     */
    public void readEntry(int streamId, long[] dst) {
        UnsafeBuffer buffer = entries(streamId);
        int offset = entryOffset(streamId);
        for (int word = 0; word < STE_WORDS; word++) {
            dst[word] = buffer.getLongAcquire(offset + wordOffset(word));
        }
    }

    /** Stores one word with release semantics. Only the writer of an entry calls this. */
    void writeWordRelease(int streamId, int word, long value) {
        entries(streamId).putLongRelease(entryOffset(streamId) + wordOffset(word), value);
    }

    /** The buffer in which the entry of a StreamID is; out of bounds for one without. */
    abstract UnsafeBuffer entries(int streamId);

    /** Where in that buffer the entry begins. */
    abstract int entryOffset(int streamId);

    /** Memory full of abort entries, as the driver fills a table or a block before it shows it to the hardware. */
    static OffHeap abortEntries(int lengthBytes) {
        OffHeap memory = new OffHeap(lengthBytes);
        long abort = StreamTableEntry.abort().word(0);
        for (int offset = 0; offset < lengthBytes; offset += StreamTableEntryLayout.STE_LENGTH) {
            memory.buffer().putLong(offset, abort);
        }
        return memory;
    }

    /** {@return off-heap bytes of entries and level-1 descriptors made so far, without alignment slack} */
    public abstract long offHeapBytes();

    /** Frees the memory; a second call does nothing. The caller has stopped every other user of the table. */
    @Override
    public abstract void close();

    final void checkContains(int streamId) {
        if (!contains(streamId)) {
            throw new IndexOutOfBoundsException(
                "StreamID " + hex(streamId) + " is outside a stream table of " + sidBits + " bits");
        }
    }

    static String hex(int streamId) {
        return "0x" + Integer.toHexString(streamId);
    }
}
