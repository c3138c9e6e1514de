package dev.steward.strategy;

import dev.steward.engine.smmu.GuardStatistics;

/**
 * One mutex, held over look-up and report: what the driver merged for v6.15 does with {@code streams_mutex}
 * (arm-smmu-v3.c; docs/domain.md, 7.1, design e). The algorithm is {@link HandOffMutex}.
 *
 * <p>Reader and writer both write the one lock word. Memory modes: those of {@code ReentrantLock}, whose state is
 * volatile; entry is at least an acquire, leaving at least a release.
 */
@Description(
    name = "mutex",
    family = Family.EXCLUSIVE,
    title = "one mutex over look-up and report (merged driver, v6.15)",
    source = "Documentation/locking/mutex-design.rst; java.util.concurrent ReentrantLock (Lea 2005)",
    kernelPrimitive = "struct mutex (streams_mutex)",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    readerWrites = "the lock word, twice",
    writerWrites = "the lock word, twice; the record",
    notModelled = "a waiter parks at once instead of spinning while the owner runs; hand-off after 100 us",
    variedBy = Dimension.SCOPE)
final class MutexLock implements SectionLock {
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
