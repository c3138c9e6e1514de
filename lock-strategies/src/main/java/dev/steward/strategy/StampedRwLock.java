package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardStatistics;
import java.util.EnumSet;
import java.util.concurrent.locks.StampedLock;

/**
 * The read and write modes of a StampedLock, held over look-up and report: a reader-writer lock without the
 * thread-local hold counts of {@link RwLock}.
 *
 * <p>Memory modes: those of {@code StampedLock}, whose state is volatile; entry is at least an acquire, leaving at
 * least a release.
 */
@Description(
    name = "stamped-rw",
    family = Family.SHARED,
    title = "StampedLock in its read and write modes (pessimistic)",
    source = "java.util.concurrent StampedLock (Lea 2013)",
    kernelPrimitive = "rw_semaphore",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.READER_WRITER_SEMAPHORE,
    readerWrites = "the shared lock word, twice",
    writerWrites = "the shared lock word, twice; the record",
    notModelled = "readers and writers in no fixed order; spins by a guess before it parks",
    variedBy = Dimension.SCOPE)
final class StampedRwLock implements SectionLock {
    private static final long FOOTPRINT_BYTES = 64;

    private final StampedLock lock = new StampedLock();
    private final ContentionCounters counters;

    StampedRwLock(ContentionCounters counters) {
        this.counters = counters;
        counters.show(EnumSet.of(ContentionEvent.CONTENDED));
    }

    @Override
    public long lockShared(int reader) {
        // The library does not tell; a try would change the order in which it serves.
        if (lock.isWriteLocked()) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
        return lock.readLock();
    }

    @Override
    public void unlockShared(int reader, long token) {
        lock.unlockRead(token);
    }

    @Override
    public long lockExclusive() {
        if (lock.isWriteLocked() || lock.isReadLocked()) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
        return lock.writeLock();
    }

    @Override
    public void unlockExclusive(long token) {
        lock.unlockWrite(token);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
