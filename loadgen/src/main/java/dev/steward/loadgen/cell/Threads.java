package dev.steward.loadgen.cell;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts and joins the threads of a cell. The first failure of any of them ends the cell: a load without its
 * counterpart measures nothing.
 */
public final class Threads {
    private static final long JOIN_SLICE_MS = 50;

    private final AtomicBoolean lowered = new AtomicBoolean(true);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * Starts a thread.
     *
     * @param name of the thread.
     * @param body what it does; what it throws fails the cell.
     * @return the thread.
     */
    public Thread start(String name, Runnable body) {
        Thread thread = new Thread(() -> {
            lowered.compareAndSet(true, TimerSlack.lower());
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

    /**
     * Waits until a thread has ended.
     *
     * @param thread to wait for.
     * @throws IllegalStateException if any thread of the cell has failed.
     */
    public void join(Thread thread) {
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

    /** Whether the timer slack of every thread started so far could be lowered. */
    boolean timerSlackLowered() {
        return lowered.get();
    }

    void check() {
        Throwable t = failure.get();
        if (t != null) {
            throw new IllegalStateException("a thread of the cell failed: " + t, t);
        }
    }
}
