package dev.steward.strategy;

import static dev.steward.strategy.AttachmentLayout.RECORD_SHIFT;

import dev.steward.engine.stream.OffHeap;
import dev.steward.engine.stream.OffHeapWords;
import java.lang.invoke.VarHandle;

/**
 * Two records for each position, of which a version word names one: the published record does not change, the other is
 * the next. A commit that waits until nobody holds the old record needs no pool and no lock.
 *
 * <p>The version grows with each commit, its lowest bit chooses the record; a record is reached through the version
 * word, one load that the others depend on. It has 32 bits as a kernel sequence has: a reader would have to sleep
 * through 2^32 commits of one stream to take a version for the one it saw.
 *
 * <p>Memory modes: a record is filled by opaque stores and published by a release store of the version; a reader finds
 * it by an acquire load. {@link #snapshotValidated} copies first and looks at the version again after a load-load
 * fence.
 *
 * <p>Threading: any number of readers; one writer at a time for a position.
 */
final class TwinRecords implements Memory {
    /** Answer of {@link #snapshotValidated} if the version moved; no attachment and no state has this value. */
    static final long CHANGED = Long.MIN_VALUE;

    private final OffHeap versions;
    private final OffHeap records;

    TwinRecords(int capacity) {
        versions = new OffHeap((long) capacity * Integer.BYTES);
        records = new OffHeap((long) capacity << RECORD_SHIFT + 1);
    }

    int versionAcquire(int position) {
        return OffHeapWords.getIntAcquire(word(position));
    }

    /** Where the record of a version lies. */
    long recordOf(int position, int version) {
        return records.address(offset(position, version));
    }

    private static int offset(int position, int version) {
        return (position << 1 | version & 1) << RECORD_SHIFT;
    }

    private long word(int position) {
        return versions.address(position * Integer.BYTES);
    }

    /** A checked copy of the record, or {@link #CHANGED} if it was replaced meanwhile. */
    long snapshotValidated(int position) {
        // Fields first: behind an acquire load the JVM would load them again.
        OffHeap ownRecords = records;
        long word = word(position);
        int version = OffHeapWords.getIntAcquire(word);
        long attachment = AttachmentRecord.snapshotOpaque(ownRecords.address(offset(position, version)));
        VarHandle.loadLoadFence();
        return OffHeapWords.getIntOpaque(word) == version ? attachment : CHANGED;
    }

    /** The words that a report needs; the caller keeps the record from being reused. */
    long loadOpaque(int position, int version) {
        return AttachmentRecord.loadOpaque(recordOf(position, version));
    }

    /** Fills the record of the next version and returns that version; nobody holds the record. */
    int prepare(int position, long attachment) {
        int version = OffHeapWords.getInt(word(position));
        long next = recordOf(position, version + 1);
        AttachmentRecord.copyOpaque(recordOf(position, version), next);
        AttachmentRecord.storeOpaque(next, attachment);
        return version + 1;
    }

    void publishRelease(int position, int version) {
        OffHeapWords.putIntRelease(word(position), version);
    }

    @Override
    public long lengthBytes() {
        return versions.lengthBytes() + records.lengthBytes();
    }

    @Override
    public void free() {
        versions.free();
        records.free();
    }
}
