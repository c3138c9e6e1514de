package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * A mutex whose waiters park at once, which a waiter of {@link MutexLock} does only as a last resort. It shows the cost
 * of the wake-ups that spinning saves. The algorithm is {@link HandOffMutex}.
 *
 * <p>Reader and writer both write the one lock word. Memory modes: those of {@code ReentrantLock}, whose state is
 * volatile; entry is at least an acquire, leaving at least a release.
 */
@Description(
    name = "mutex",
    family = Family.EXCLUSIVE,
    title = "a mutex whose waiters park at once, over look-up and report",
    source = "Documentation/locking/mutex-design.rst; java.util.concurrent ReentrantLock (Lea 2005)",
    kernelPrimitive = "struct mutex without CONFIG_MUTEX_SPIN_ON_OWNER",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.MUTEX,
    readerWrites = "the lock word, twice",
    writerWrites = "the lock word, twice; the record",
    notModelled = "a waiter asks for hand-off after 100 us, not after its first failed try",
    variedBy = {Dimension.SCOPE, Dimension.MUTEX})
final class ParkingMutexLock implements SectionLock {
    /** A fair ReentrantLock with its sync object and the counter around it; the layout test holds it to that. */
    private static final long FOOTPRINT_BYTES = 72;

    private final HandOffMutex mutex = new HandOffMutex();

    @Override
    public long lockExclusive() {
        mutex.lock();
        return 0;
    }

    @Override
    public void unlockExclusive(long token) {
        mutex.unlock();
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
