package dev.steward.strategy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A sleeping mutex that may be stolen within limits: as the kernel's {@code struct mutex}, which sets a hand-off
 * flag once its first waiter has been woken and passed over (Documentation/locking/mutex-design.rst; docs/domain.md,
 * 8.1).
 *
 * <p>The fast path takes the lock whenever it is free, also past sleeping waiters. A waiter that did not get it within
 * {@link #PATIENCE_NS} asks for hand-off: from then on everybody queues, first come, first served, until it has had its
 * turn. Without that a handler that drains a full queue, and so takes the lock again within nanoseconds, keeps a
 * sleeping attach thread out for hundreds of milliseconds.
 */
final class HandOffMutex {
    /** About the time in which a parked thread is woken and finds the lock taken again. */
    static final long PATIENCE_NS = 100_000;

    /** Fair, so that threads in the queue are served in order; {@code tryLock()} steals all the same. */
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile int waitersPassedOver;

    void lock() {
        if (waitersPassedOver != 0 || !lock.tryLock()) {
            lockSlowly();
        }
    }

    private void lockSlowly() {
        if (waitersPassedOver == 0 && lockedInTime()) {
            return;
        }
        changeWaitersPassedOver(1);
        lock.lock();
        changeWaitersPassedOver(-1);
    }

    private boolean lockedInTime() {
        try {
            return lock.tryLock(PATIENCE_NS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // The kernel's mutex_lock() cannot be interrupted; the flag is for the caller.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void changeWaitersPassedOver(int by) {
        waitersPassedOver += by;
    }

    void unlock() {
        lock.unlock();
    }
}
