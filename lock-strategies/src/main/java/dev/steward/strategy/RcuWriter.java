package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.Backoff;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writer's side of RCU, whatever is published: one lock for all writers, the grace periods they wait for, the
 * listener that is told of a wait inside a commit, the count of waits.
 *
 * <p>Threading: {@link #await} is for the thread that holds the lock, {@link #synchronize} for one that does not.
 */
public final class RcuWriter {
    private final GracePeriods gracePeriods;
    private final GracePeriodListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    /** Written by each commit: on lines of its own, away from what the reader loads for each event. */
    private final PaddedLong waited = new PaddedLong();

    /** Makes a writer with grace periods of its own, of any kind but the collector. */
    public RcuWriter(GuardContext context, Reclamation reclamation) {
        gracePeriods = GracePeriods.of(reclamation, context.maxReaders());
        listener = context.listener();
    }

    /** What readers announce themselves to. */
    public GracePeriods gracePeriods() {
        return gracePeriods;
    }

    /** Keeps other writers out. */
    public void lock() {
        lock.lock();
    }

    /** Lets them in again. */
    public void unlock() {
        lock.unlock();
    }

    /** Waits inside a commit; the lock is held. */
    public void await(long ticket) {
        listener.onGracePeriodBegin();
        gracePeriods.await(ticket);
        listener.onGracePeriodEnd();
        countWait();
    }

    /** Waits for all readers that may have found what was replaced before; attaches go on meanwhile. */
    public void synchronize() {
        long ticket;
        lock.lock();
        try {
            ticket = gracePeriods.start();
            countWait();
        } finally {
            lock.unlock();
        }
        for (int round = 0; !elapsed(ticket); round++) {
            Backoff.pause(round);
        }
    }

    private boolean elapsed(long ticket) {
        lock.lock();
        try {
            return gracePeriods.elapsed(ticket);
        } finally {
            lock.unlock();
        }
    }

    private void countWait() {
        waited.setOpaque(waited.getPlain() + 1);
    }

    /** Grace periods that were waited for; the lock is held. */
    public long waited() {
        return waited.getPlain();
    }
}
