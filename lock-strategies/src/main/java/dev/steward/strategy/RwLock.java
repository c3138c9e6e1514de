package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardStatistics;
import java.util.EnumSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The reader-writer lock of the Java library, read-held over look-up and report. It sleeps; the spinning lock that was
 * proposed on 5 September 2024 (docs/domain.md, 7.1, design b) is {@link QueuedRwLock}.
 *
 * <p>The reader writes the one shared lock word when it enters and when it leaves, as a kernel reader does. Unfair,
 * which is the default of the class; readers queue behind a waiting writer only heuristically. Memory modes: those of
 * {@code ReentrantReadWriteLock}, whose state is volatile; entry is at least an acquire, leaving at least a release.
 */
@Description(
    name = "rwlock",
    family = Family.SHARED,
    title = "the sleeping reader-writer lock of java.util.concurrent",
    source = "java.util.concurrent ReentrantReadWriteLock (Lea), unfair",
    kernelPrimitive = "none; rw_semaphore in that it sleeps",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.READER_WRITER_SEMAPHORE,
    readerWrites = "the shared lock word, twice; a thread-local hold count",
    writerWrites = "the shared lock word, twice; the record",
    notModelled = "slower than such a lock need be: 304 ns with two readers where a pthread rwlock takes 74",
    variedBy = Dimension.SCOPE)
final class RwLock implements SectionLock {
    /** The lock with its sync object, the two views and the holder of hold counts; the layout test holds it to that. */
    static final long FOOTPRINT_BYTES = 136;

    private final ReentrantReadWriteLock lock;

    private final ContentionCounters counters;

    RwLock(ReentrantReadWriteLock lock, ContentionCounters counters) {
        this.lock = lock;
        this.counters = counters;
        counters.show(EnumSet.of(ContentionEvent.CONTENDED));
    }

    @Override
    public long lockShared(int reader) {
        // The library does not tell; a try would change the order in which it serves.
        if (lock.isWriteLocked()) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
        lock.readLock().lock();
        return 0;
    }

    @Override
    public void unlockShared(int reader, long token) {
        lock.readLock().unlock();
    }

    @Override
    public long lockExclusive() {
        if (lock.isWriteLocked() || lock.getReadLockCount() != 0) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
        lock.writeLock().lock();
        return 0;
    }

    @Override
    public void unlockExclusive(long token) {
        lock.writeLock().unlock();
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
