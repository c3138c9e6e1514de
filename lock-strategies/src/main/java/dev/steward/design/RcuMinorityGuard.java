package dev.steward.design;

import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.GracePeriods;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Reclamation;
import dev.steward.strategy.SectionLock;

/**
 * RCU for most masters, and a reader-writer lock inside the section for those few whose attach has to know at once that
 * nothing is under way any more: the way of the driver's invalidation arrays, whose readers take the array's rwlock
 * only if an entry of it needs ATS (arm-smmu-v3.c; docs/domain.md, 7.2).
 *
 * <p>An attach publishes and leaves the old vmaster to be freed later. Of a master of the minority it takes the lock
 * for writing before that and lets it go: whoever reported by the old vmaster has left by then. All such masters of an
 * SMMU share the lock, as the entries of an array do. Where an invalidation spins, a report may sleep, so it is an
 * rw_semaphore.
 */
final class RcuMinorityGuard extends VmasterRcuGuard {
    /** One master of so many needs it, by its StreamID; a power of two. */
    static final int ONE_OF = 16;

    private final SectionLock lock;

    RcuMinorityGuard(DesignParts parts) {
        super(parts, Reclamation.SRCU);
        lock = parts.newLock(DesignParts.MASTER, LockStrategy.RWSEM);
    }

    static boolean ofMinority(int streamId) {
        return (streamId & ONE_OF - 1) == ONE_OF - 1;
    }

    @Override
    void attach(Master master, long attachment) {
        VMaster old = master.exchangeRelease(VMaster.of(attachment));
        if (old == null) {
            return;
        }
        if (ofMinority(master.streamId())) {
            lock.unlockExclusive(lock.lockExclusive());
        }
        retire(old);
    }

    @Override
    public void synchronize() {
        writer.synchronize();
    }

    @Override
    int report(int streamId, GracePeriods.Section section, ReportSink sink) {
        section.enter();
        try {
            Master master = masters.find(streamId);
            if (master == null) {
                return ReportSink.UNKNOWN_STREAM;
            }
            return ofMinority(master.streamId())
                ? reportLocked(master, section.number(), sink) : reported(master, sink);
        } finally {
            section.exit();
        }
    }

    private int reportLocked(Master master, int slot, ReportSink sink) {
        long token = lock.lockShared(slot);
        try {
            return reported(master, sink);
        } finally {
            lock.unlockShared(slot, token);
        }
    }

    private static int reported(Master master, ReportSink sink) {
        sink.entered();
        return deliver(master.vmasterAcquire(), sink);
    }

    @Override
    long sharedBytes() {
        return lock.statistics().footprintBytes();
    }
}
