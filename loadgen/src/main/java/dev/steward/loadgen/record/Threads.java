package dev.steward.loadgen.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts and joins the threads of a cell. The first failure of any of them ends the cell: a load without its
 * counterpart measures nothing.
 *
 * <p>Threading: one thread starts and joins; any may {@link #check}.
 */
public final class Threads {
    private static final long JOIN_SLICE_MS = 50;

    private final AtomicBoolean lowered = new AtomicBoolean(true);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Thread> all = new ArrayList<>();

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
        all.add(thread);
        return thread;
    }

    /**
     * Waits until a thread has ended.
     *
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

    /** Waits until all threads have ended, also of a cell that has failed: what they use may be freed then. */
    public void awaitEnd() {
        boolean interrupted = false;
        for (Thread thread : all) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the timer slack of every thread started so far could be lowered. */
    public boolean timerSlackLowered() {
        return lowered.get();
    }

    public void check() {
        Throwable t = failure.get();
        if (t != null) {
            throw new IllegalStateException("a thread of the cell failed: " + t, t);
        }
    }
}
