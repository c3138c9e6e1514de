package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardStatistics;
import java.util.EnumSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A sleeping reader-writer lock that prefers writers (Courtois, Heymans and Parnas 1971, second problem), beside the
 * kernel's {@link RwSemaphore}.
 *
 * <p>A writer takes the writers' mutex, sets its bit, which turns new readers away, and sleeps until the last reader
 * inside has left. Readers that were turned away sleep in a queue; a leaving writer clears the bit and wakes them all.
 * If another writer is quicker they go to sleep again: readers can starve, that is what preference means.
 *
 * <p>Memory modes: the word is changed by volatile read-modify-writes only. A sleeper queues itself, then looks at the
 * word again; a waker changes the word, then looks at the queue: one of them sees the other.
 */
@Description(
    name = "rwsem",
    family = Family.SHARED,
    title = "sleeping reader-writer semaphore, writers first",
    source = "Courtois, Heymans & Parnas 1971, second problem",
    kernelPrimitive = "none; rw_semaphore in that it sleeps",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.READER_WRITER_SEMAPHORE,
    readerWrites = "the shared word, twice (add, subtract)",
    writerWrites = "the writers' mutex, the shared word, twice each; the record",
    notModelled = "readers can starve, and writers park at once; those of rw_semaphore do neither",
    variedBy = {Dimension.SCOPE, Dimension.RWSEM})
final class WritersFirstRwSemaphore implements SectionLock {
    private static final long WRITER = 1;
    private static final long READER = 2;
    private static final long FOOTPRINT_BYTES = 24 + PaddedLong.LENGTH_BYTES + 48 + 48;

    private final PaddedLong word = new PaddedLong();
    private final ReentrantLock writers = new ReentrantLock(true);
    private final Queue<Thread> sleepingReaders = new ConcurrentLinkedQueue<>();
    private final ContentionCounters counters;
    private volatile Thread sleepingWriter;

    WritersFirstRwSemaphore(ContentionCounters counters) {
        this.counters = counters;
        counters.show(EnumSet.of(ContentionEvent.CONTENDED));
    }

    @Override
    public long lockShared(int reader) {
        if ((word.getAndAdd(READER) & WRITER) != 0) {
            lockSharedAsleep();
        }
        return 0;
    }

    private void lockSharedAsleep() {
        counters.add(ContentionEvent.CONTENDED, 1);
        boolean interrupted = false;
        do {
            unlockShared(0, 0);
            // Queued anew for each sleep: the thread that wakes a reader takes it out of the queue.
            while ((word.getVolatile() & WRITER) != 0) {
                sleepingReaders.add(Thread.currentThread());
                if ((word.getVolatile() & WRITER) != 0) {
                    LockSupport.park(this);
                }
                sleepingReaders.remove(Thread.currentThread());
                interrupted |= Thread.interrupted();
            }
        } while ((word.getAndAdd(READER) & WRITER) != 0);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void unlockShared(int reader, long token) {
        if (word.getAndAdd(-READER) == READER + WRITER) {
            Thread writer = sleepingWriter;
            if (writer != null) {
                LockSupport.unpark(writer);
            }
        }
    }

    @Override
    public long lockExclusive() {
        boolean held = writers.isLocked();
        writers.lock();
        sleepingWriter = Thread.currentThread();
        held |= word.getAndAdd(WRITER) != 0;
        if (held) {
            counters.add(ContentionEvent.CONTENDED, 1);
        }
        boolean interrupted = false;
        while (word.getVolatile() != WRITER) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        sleepingWriter = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Override
    public void unlockExclusive(long token) {
        word.getAndAdd(-WRITER);
        for (Thread reader = sleepingReaders.poll(); reader != null; reader = sleepingReaders.poll()) {
            LockSupport.unpark(reader);
        }
        writers.unlock();
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
