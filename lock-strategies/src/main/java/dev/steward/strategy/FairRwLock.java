package dev.steward.strategy;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The {@link RwLock} in its fair mode: readers and writers are served in the order of their arrival, and every
 * hand-over of a contended lock parks and unparks a thread. Memory modes as there.
 */
final class FairRwLock {
    static final StrategyInfo INFO = StrategyInfo.named("rwlock-fair")
        .family(StrategyInfo.Family.SHARED)
        .title("a reader-writer lock served in order of arrival")
        .source("java.util.concurrent ReentrantReadWriteLock (Lea), fair")
        .kernelPrimitive("rwlock_t in its fairness, rw_semaphore in that it sleeps")
        .context("threaded handler only; the holder may sleep")
        .usage(Usage.SLEEPING_LOCK)
        .readerWrites("the shared lock word, twice; a thread-local hold count")
        .writerWrites("the shared lock word, twice; the record")
        .notModelled("a kernel lock that is fair spins or hands over without a switch to the next")
        .variedBy(Dimension.SCOPE)
        .build();

    private FairRwLock() {
    }

    static SectionLock create() {
        return new RwLock(new ReentrantReadWriteLock(true));
    }
}
