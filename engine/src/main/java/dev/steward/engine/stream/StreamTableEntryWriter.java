package dev.steward.engine.stream;

import static dev.steward.engine.stream.StreamTableEntryLayout.STE_WORDS;

/**
 * The one writer of stream table entries: it alone decides the order in which the words of an entry change while the
 * hardware may fetch them at any moment.
 *
 * <p>A word is classified by the bits that the hardware uses, in the current entry and in the target (docs/domain.md,
 * 2.3, after the entry writer of arm-smmu-v3.c):
 * <ul>
 * <li>used bits differ in at most one word, the critical one: <b>hitless</b>. First the bits of the other words that
 * the current entry does not use, then the critical word by a single 64-bit store, then what the target no longer uses
 * goes to zero.</li>
 * <li>in two or more: <b>disruptive</b>. Word 0 becomes 0, then the others, then word 0.</li>
 * </ul>
 * A step that stores something ends with the {@link SyncOperation}; a step that changes nothing is skipped. So a change
 * costs 0 to 3 syncs. In between the hardware sees the old entry, the target, or, in a disruptive update only, V = 0
 * (invariant I11).
 *
 * <p>Threading: a writer holds scratch words and counters, so it belongs to one thread at a time; several writers may
 * share a table. The caller makes sure that an entry has one writer at a time (the driver holds arm_smmu_asid_lock).
 * Stores are release, so a reader that acquires a word sees the words stored before. Does not allocate.
 */
public final class StreamTableEntryWriter {
    private final SyncOperation syncOperation;
    private final boolean mevIsSafe;
    private final long[] current = new long[STE_WORDS];
    private final long[] currentUsed = new long[STE_WORDS];
    private final long[] targetUsed = new long[STE_WORDS];
    private final long[] prepared = new long[STE_WORDS];
    private UpdateKind lastKind = UpdateKind.UNCHANGED;
    private long hitlessCount;
    private long disruptiveCount;
    private long syncCount;

    /**
     * Makes a writer that treats MEV and EATS as safe bits, as the driver does since its fix.
     *
     * @param syncOperation what ends a step.
     */
    public StreamTableEntryWriter(SyncOperation syncOperation) {
        this(syncOperation, true);
    }

    /**
     * Makes a writer.
     *
     * @param syncOperation what ends a step.
     * @param mevIsSafe     true: MEV and full ATS may change in the first step and do not make a word critical.
     *                      False: they count like any used bit, which is the driver of v6.15, where stage 2 to nested
     *                      became disruptive (docs/domain.md, 2.3).
     */
    public StreamTableEntryWriter(SyncOperation syncOperation, boolean mevIsSafe) {
        this.syncOperation = syncOperation;
        this.mevIsSafe = mevIsSafe;
    }

    /**
     * Brings an entry to its target.
     *
     * @param table    in which the StreamID has an entry.
     * @param streamId 32 raw bits.
     * @param target   what the entry becomes.
     * @return number of syncs, 0 to 3; 0 means that the entry already was the target. {@link #lastKind()} tells more.
     * @throws IndexOutOfBoundsException if the StreamID has no entry.
     */
    public int write(StreamTable table, int streamId, StreamTableEntry target) {
        return write(table, streamId, target.words());
    }

    /**
     * Brings an entry to its target.
     *
     * <p>If the sync operation throws, the entry stays between two steps; the next write starts from there.
     *
     * @param table    in which the StreamID has an entry.
     * @param streamId 32 raw bits.
     * @param target   eight words, only read.
     * @return number of syncs, 0 to 3; 0 means that the entry already was the target. {@link #lastKind()} tells more.
     * @throws IndexOutOfBoundsException if the StreamID has no entry.
     * @throws IllegalArgumentException  if the target sets a bit that it would not use, or has not eight words.
     */
    public int write(StreamTable table, int streamId, long[] target) {
        checkTarget(target);
        table.readEntry(streamId, current);
        int differing = classify(target);
        int syncs;
        if (Integer.bitCount(differing) > 1) {
            syncs = writeDisruptively(table, streamId, target);
            lastKind = UpdateKind.DISRUPTIVE;
            disruptiveCount++;
        } else {
            syncs = writeHitlessly(table, streamId, target, differing);
            lastKind = syncs == 0 ? UpdateKind.UNCHANGED : UpdateKind.HITLESS;
            hitlessCount += syncs == 0 ? 0 : 1;
        }
        syncCount += syncs;
        return syncs;
    }

    /** {@return how the last write went, {@link UpdateKind#UNCHANGED} before the first} */
    public UpdateKind lastKind() {
        return lastKind;
    }

    /** {@return writes that changed an entry without V = 0} */
    public long hitlessCount() {
        return hitlessCount;
    }

    /** {@return writes that had to go through V = 0} */
    public long disruptiveCount() {
        return disruptiveCount;
    }

    /** {@return syncs of all writes together} */
    public long syncCount() {
        return syncCount;
    }

    /** Finds the words whose used bits differ, one bit each, and prepares the words of the first step on the way. */
    private int classify(long[] target) {
        StreamTableEntryUsedBits.compute(current, currentUsed);
        if (mevIsSafe) {
            // Safe counts only for bits that both use; for the others the order of the steps is right as it is.
            currentUsed[1] &= ~(StreamTableEntryUsedBits.safeWord1(current, target) & targetUsed[1]);
        }
        int differing = 0;
        for (int word = 0; word < STE_WORDS; word++) {
            prepared[word] = (current[word] & currentUsed[word]) | (target[word] & ~currentUsed[word]);
            if (((prepared[word] ^ target[word]) & targetUsed[word]) != 0) {
                differing |= 1 << word;
            }
        }
        return differing;
    }

    private int writeHitlessly(
        StreamTable table, int streamId, long[] target, int differing) {
        if (differing == 0) {
            return step(table, streamId, target, 0, STE_WORDS);
        }
        int critical = Integer.numberOfTrailingZeros(differing);
        // Its unused bits go along with the single store, which may save a step.
        prepared[critical] = current[critical];
        return step(table, streamId, prepared, 0, STE_WORDS)
            + step(table, streamId, target, critical, critical + 1)
            + step(table, streamId, target, 0, STE_WORDS);
    }

    private int writeDisruptively(StreamTable table, int streamId, long[] target) {
        prepared[0] = 0;
        return step(table, streamId, prepared, 0, 1)
            + step(table, streamId, target, 1, STE_WORDS)
            + step(table, streamId, target, 0, 1);
    }

    private int step(
        StreamTable table, int streamId, long[] values, int from, int to) {
        boolean changed = false;
        for (int word = from; word < to; word++) {
            if (current[word] != values[word]) {
                current[word] = values[word];
                table.writeWordRelease(streamId, word, values[word]);
                changed = true;
            }
        }
        if (changed) {
            syncOperation.sync(streamId);
            return 1;
        }
        return 0;
    }

    private void checkTarget(long[] target) {
        if (target.length != STE_WORDS) {
            throw new IllegalArgumentException("an STE has " + STE_WORDS + " words, not " + target.length);
        }
        StreamTableEntryUsedBits.compute(target, targetUsed);
        for (int word = 0; word < STE_WORDS; word++) {
            if ((target[word] & ~targetUsed[word]) != 0) {
                throw new IllegalArgumentException(String.format(
                    "word %d of the target STE, 0x%016x, sets bits that this configuration does not use, 0x%016x",
                    word, target[word], target[word] & ~targetUsed[word]));
            }
        }
    }
}
