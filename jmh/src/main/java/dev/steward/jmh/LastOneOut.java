package dev.steward.jmh;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Frees what the threads of a benchmark share when the last of them has let go. JMH tears a shared state down as soon
 * as the first thread is through, and others may still have a reader to close by then.
 *
 * <p>Threading: any.
 */
final class LastOneOut {
    private final AtomicInteger users = new AtomicInteger(1);
    private final Runnable free;

    /** Counts its maker as the first user. */
    LastOneOut(Runnable free) {
        this.free = free;
    }

    void enter() {
        users.incrementAndGet();
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            free.run();
        }
    }
}
