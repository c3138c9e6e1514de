package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.Backoff;

/**
 * Sends readers to their slow path while writers are about, and back one grace period after the last of them
 * (kernel/rcu/sync.c, v6.15; docs/domain.md, 8.1).
 *
 * <p>A writer waits for a grace period only if it finds the state idle: of writers that follow each other within about
 * one grace period the first pays, and readers are slow in between.
 *
 * <pre>
 *   state   enter()                              last exit()         grace period over
 *   IDLE    ENTER, waits for a grace period      -                   -
 *   ENTER   waits until PASSED                   -                   PASSED
 *   PASSED  goes on                              EXIT, asks for one  -
 *   EXIT    goes on                              REPLAY              writers: PASSED, else IDLE
 *   REPLAY  goes on                              stays               writers: PASSED, else EXIT, asks for one
 * </pre>
 *
 * <p>Memory modes: the state is stored volatile and, before a writer goes on, followed by the heavy fence; a reader
 * announces itself, light fence, then loads the state by acquire. So a reader that found it idle is seen by the writer
 * that changed it.
 *
 * <p>Threading: any.
 */
final class RcuSync implements Runnable {
    static final int IDLE = 0;
    static final int ENTER = 1;
    static final int PASSED = 2;
    static final int EXIT = 3;
    static final int REPLAY = 4;

    static final long FOOTPRINT_BYTES = 40 + PaddedLong.LENGTH_BYTES;

    private final GracePeriodInput gracePeriods;
    private final GracePeriodListener listener;
    private final PaddedLong state = new PaddedLong();
    // Both under the monitor.
    private int writers;
    private long waited;

    RcuSync(GuardContext context) {
        gracePeriods = context.gracePeriods();
        listener = context.listener();
    }

    /** For readers to load by acquire: they may take their fast path while it is {@link #IDLE}. */
    PaddedLong stateForReaders() {
        return state;
    }

    /**
     * A writer comes. When this returns, no reader takes its fast path any more, and those that did are seen. If it
     * throws the writer has gone, and those that wait for its grace period go on without: the run has failed.
     */
    void enter() {
        boolean first;
        synchronized (this) {
            first = state.getPlain() == IDLE;
            if (first) {
                state.setVolatile(ENTER);
                waited++;
            }
            writers++;
        }
        if (first) {
            boolean waitedForIt = false;
            listener.onGracePeriodBegin();
            try {
                AsymmetricFence.heavy();
                gracePeriods.await();
                waitedForIt = true;
            } finally {
                listener.onGracePeriodEnd();
                run();
                if (!waitedForIt) {
                    exit();
                }
            }
        } else if (state.getAcquire() == ENTER) {
            listener.onGracePeriodBegin();
            for (int round = 0; state.getAcquire() == ENTER; round++) {
                Backoff.pause(round);
            }
            listener.onGracePeriodEnd();
        }
    }

    /** A writer goes. */
    synchronized void exit() {
        if (--writers == 0) {
            if (state.getPlain() == PASSED) {
                state.setVolatile(EXIT);
                gracePeriods.call(this);
            } else if (state.getPlain() == EXIT) {
                state.setVolatile(REPLAY);
            }
        }
    }

    /** A grace period is over. */
    @Override
    public synchronized void run() {
        if (writers > 0) {
            state.setVolatile(PASSED);
        } else if (state.getPlain() == REPLAY) {
            state.setVolatile(EXIT);
            gracePeriods.call(this);
        } else {
            state.setVolatile(IDLE);
        }
    }

    int state() {
        return (int) state.getVolatile();
    }

    /** Grace periods that writers waited for. */
    synchronized long waited() {
        return waited;
    }
}
