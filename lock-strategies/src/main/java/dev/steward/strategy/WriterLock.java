package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import java.util.EnumSet;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the attaches of a guard apart whose readers take no lock, and counts those that find another in their way. */
final class WriterLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final ContentionCounters counters;

    WriterLock(ContentionCounters counters) {
        this.counters = counters;
        counters.show(EnumSet.of(ContentionEvent.CONTENDED));
    }

    void lock() {
        // The first that lock() does itself; the lock is not fair.
        if (!lock.tryLock()) {
            counters.add(ContentionEvent.CONTENDED, 1);
            lock.lock();
        }
    }

    void unlock() {
        lock.unlock();
    }
}
