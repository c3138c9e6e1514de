package dev.steward.loadgen.guest;

import java.util.concurrent.locks.LockSupport;

/**
 * Queues that one thread reads in turn, and the wait queue of that thread.
 *
 * <p>Threading: one reader; any thread wakes or stops it.
 */
abstract class ReaderQueues {
    static final long FOREVER = Long.MAX_VALUE;

    private volatile Thread sleeper;
    private volatile boolean stopping;

    abstract boolean anyReadable();

    /** Waits until a queue may be readable, the reader is to stop, or a time has passed. */
    final void sleep(long atMostNs) {
        sleeper = Thread.currentThread();
        if (!stopping && !anyReadable()) {
            if (atMostNs == FOREVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, atMostNs);
            }
        }
        sleeper = null;
    }

    final void wakeReader() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    final void stop() {
        stopping = true;
        wakeReader();
    }

    final boolean stopping() {
        return stopping;
    }
}
