package dev.steward.loadgen.rig;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the first failure of a thread of the cell and tells the others to stop.
 */
final class Progress {
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

    boolean failed() {
        return failure.get() != null;
    }

    void check() {
        Throwable t = failure.get();
        if (t != null) {
            throw new IllegalStateException("a thread of the cell failed: " + t, t);
        }
    }
}
