package dev.steward.engine.smmu;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.InterruptLine;
import dev.steward.engine.stream.Waiting;
import java.util.concurrent.locks.LockSupport;

/**
 * The threaded interrupt handler of one SMMU: sleeps until the interrupt, drains the queue until it is empty,
 * acknowledges an overflow, sleeps (arm-smmu-v3.c; docs/domain.md, 3.4, steps 1, 9, 10).
 *
 * <p>A record that comes after the last look at PROD begins another run. In hardware that is the one interrupt which
 * IRQF_ONESHOT keeps masked while the thread runs; here no interrupt is paid for it (own).
 *
 * <p>There is exactly one per SMMU (IRQF_ONESHOT). Before it really sleeps it may look at the queue a number of times,
 * for machines with a core to spare; or it may never sleep, as no handler of a kernel does.
 */
public final class EventThread implements Runnable, InterruptLine {
    /** A storm may keep the queue from ever falling empty; a guard that waits for batches must not wait for that. */
    private static final int MAX_BATCH = 64;

    private final EventQueue queue;
    private final EventHandler.Factory handlers;
    private final Waiting waiting;
    private final int looksBeforeSleep;
    private final EventRecord event = new EventRecord();

    private volatile Thread sleeper;
    /** CONS when the thread was last woken; the producer's, and of whoever stops the thread after it. */
    private long calledAt = -1;
    private volatile boolean stopping;
    private long wakeUps;

    EventThread(EventQueue queue, EventHandler.Factory handlers, Waiting waiting, int looksBeforeSleep) {
        this.queue = queue;
        this.handlers = handlers;
        this.waiting = waiting;
        this.looksBeforeSleep = looksBeforeSleep;
        queue.interruptLine(this);
    }

    @Override
    public void raise() {
        Thread thread = sleeper;
        if (thread != null) {
            calledAt = queue.consumed();
            LockSupport.unpark(thread);
        }
    }

    /**
     * Whether the thread sleeps beside records and nothing has been sent to wake it: the interrupt comes on the change
     * from empty only, so none will come for them.
     *
     * <p>Why this accuses nobody wrongly: the record after CONS is written. A thread that slept by then was called at
     * this CONS; one that did not saw the record in its last look and does not sleep before it has taken it.
     *
     * <p>Threading: the producer, between two records, or anybody after the last.
     */
    public boolean sleepsThroughRecords() {
        long taken = queue.consumed();
        Thread thread = sleeper;
        if (thread == null || !isForgotten()) {
            return false;
        }
        Thread.State state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
            && sleeper == thread && queue.consumed() == taken;
    }

    /** Whether there are records, and it was not called since it took the one before; means nothing while it is up. */
    boolean isForgotten() {
        long taken = queue.consumed();
        return calledAt != taken && queue.position() != taken;
    }

    @Override
    public void run() {
        try (EventHandler handler = handlers.open()) {
            while (true) {
                handler.runBegins();
                try {
                    drain(handler);
                    queue.acknowledgeOverflow();
                } finally {
                    handler.runEnds();
                }
                if (stopping && !queue.hasMore()) {
                    return;
                }
                if (sleep()) {
                    handler.woke();
                }
            }
        }
    }

    private void drain(EventHandler handler) {
        int handled = 0;
        while (queue.consume(event)) {
            handler.handle(event);
            if (++handled % MAX_BATCH == 0) {
                handler.quiesce();
            }
        }
        handler.quiesce();
    }

    /** {@return whether it really slept} */
    private boolean sleep() {
        for (long look = 0; !waiting.parks() || look < looksBeforeSleep; look++) {
            if (queue.hasMore() || stopping) {
                return false;
            }
            waiting.poll();
        }
        if (!preparesToSleep()) {
            return false;
        }
        do {
            LockSupport.park(this);
        } while (!hasReasonToWake());
        sleeper = null;
        wakeUps++;
        return true;
    }

    /** Prepares to sleep; false if there is a reason not to. For {@link #run}, and for tests that do not sleep. */
    boolean preparesToSleep() {
        sleeper = Thread.currentThread();
        // The line is armed before the last look: a producer that writes a record after that look sees the sleeper.
        if (hasReasonToWake()) {
            sleeper = null;
            return false;
        }
        return true;
    }

    private boolean hasReasonToWake() {
        return queue.hasMore() || stopping;
    }

    /** Lets the thread end once the queue is empty. The producer has stopped before. */
    public void stop() {
        stopping = true;
        raise();
    }

    /** {@return times the handler went to sleep and was woken; exact once the thread has ended} */
    public long wakeUps() {
        return wakeUps;
    }
}
