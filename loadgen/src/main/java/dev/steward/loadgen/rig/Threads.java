package dev.steward.loadgen.rig;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts and joins the threads of a cell. The first failure of any of them ends the cell: a load without its
 * counterpart measures nothing.
 */
final class Threads {
    private static final long JOIN_SLICE_MS = 50;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Thread start(String name, Runnable body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void join(Thread thread) {
        try {
            while (thread.isAlive()) {
                thread.join(JOIN_SLICE_MS);
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + thread.getName() + " was running", e);
        }
        check();
    }

    void check() {
        Throwable t = failure.get();
        if (t != null) {
            throw new IllegalStateException("a thread of the cell failed: " + t, t);
        }
    }
}
