package dev.steward.loadgen.record;

import dev.steward.loadgen.disturb.Disturber;
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
    private static final long END_NS = 5_000_000_000L;
    private static final long NS_PER_MS = 1_000_000;

    private final AtomicBoolean lowered = new AtomicBoolean(true);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Thread> all = new ArrayList<>();
    private final Placement placement;
    private final ThreadClasses classes;
    /** Null: nobody watches. Set before the threads that are watched start. */
    private ThreadWatch watch;
    /** Null: nobody disturbs. */
    private Disturber disturber;

    /** Threads that run where they like. */
    public Threads() {
        this(Placement.FREE, ThreadClasses.ORDINARY);
    }

    /** Threads that bind themselves, by their names, before they do anything else. */
    public Threads(Placement placement) {
        this(placement, ThreadClasses.ORDINARY);
    }

    /** Threads that bind themselves and take their class, by their names, before they do anything else. */
    public Threads(Placement placement, ThreadClasses classes) {
        this.placement = placement;
        this.classes = classes;
    }

    /** From now on each thread tells this watch when it starts and ends. */
    void watchedBy(ThreadWatch with) {
        watch = with;
    }

    /** From now on each thread of a role is disturbed. */
    public void disturbedBy(Disturber by) {
        disturber = by;
    }

    public Thread start(String name, Runnable body) {
        ThreadWatch by = watch;
        Disturber disturbs = ThreadRole.of(name).isPresent() ? disturber : null;
        Thread thread = new Thread(() -> {
            placement.bind(name);
            lowered.compareAndSet(true, TimerSlack.lower());
            try {
                classes.enter(name);
                if (by != null) {
                    by.begins(name);
                }
                if (disturbs != null) {
                    disturbs.begins();
                }
                body.run();
            } catch (Throwable t) {
                fail(t);
            } finally {
                if (disturbs != null) {
                    disturbs.ends();
                }
                if (by != null) {
                    by.ends(name);
                }
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

    /**
     * Ends what still runs: interrupts it, at which a load leaves its schedule, and waits.
     *
     * @return whether all have ended, so that what they use may be freed; false if one still waits for something after
     *     5 s, or if this thread is interrupted.
     */
    public boolean end() {
        all.forEach(Thread::interrupt);
        long untilNs = Clock.SYSTEM.nowNs() + END_NS;
        try {
            for (Thread thread : all) {
                thread.join(Math.max(1, (untilNs - Clock.SYSTEM.nowNs()) / NS_PER_MS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return all.stream().noneMatch(Thread::isAlive);
    }

    /** From now on {@link #check} and {@link #join} throw; the first failure is the one that they name. */
    public void fail(Throwable t) {
        failure.compareAndSet(null, t);
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
