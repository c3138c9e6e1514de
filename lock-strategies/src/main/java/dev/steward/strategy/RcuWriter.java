package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;

/**
 * The writer's side of RCU, whatever is published: one lock for all writers, the grace periods they wait for, the
 * listener that is told of a wait inside a commit, the count of waits.
 *
 * <p>Nobody waits under the lock, so the grace period of one attach holds up no other: a commit publishes under it,
 * lets it go, and waits then.
 */
public final class RcuWriter {
    private final GracePeriods gracePeriods;
    private final GracePeriodListener listener;
    private final WriterLock lock;
    /** Written by each commit: on lines of its own, away from what the reader loads for each event. */
    private final PaddedLong waited = new PaddedLong();

    /** Makes a writer with grace periods of its own, of any kind but the collector. */
    public RcuWriter(GuardContext context, Reclamation reclamation) {
        gracePeriods = GracePeriods.of(reclamation, context.maxReaders(), context.gracePeriods());
        listener = context.listener();
        lock = new WriterLock(context.contention());
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

    /** A commit waits for all readers that may have found what it replaced. The lock is not held. */
    public void awaitInCommit() {
        listener.onGracePeriodBegin();
        synchronize();
        listener.onGracePeriodEnd();
    }

    /** Waits for all readers that may have found what was replaced before. The lock is not held. */
    public void synchronize() {
        gracePeriods.synchronize();
        waited.getAndAdd(1);
    }

    /** Grace periods that were waited for. */
    public long waited() {
        return waited.getVolatile();
    }
}
