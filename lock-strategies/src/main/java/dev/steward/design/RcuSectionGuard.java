package dev.steward.design;

import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.GracePeriods;
import dev.steward.strategy.Reclamation;

/**
 * The report inside a sleepable read section. An attach waits for its grace period, or leaves the old vmaster to be
 * freed later; then the destroy of a vIOMMU waits (docs/domain.md, 7.1, design g; the latter is the way of the
 * invalidation arrays, 7.2).
 */
final class RcuSectionGuard extends VmasterRcuGuard {
    private final boolean deferred;

    RcuSectionGuard(DesignParts parts, boolean deferred) {
        super(parts, Reclamation.SRCU);
        this.deferred = deferred;
    }

    @Override
    void attach(Master master, long attachment) {
        // One stream is committed by one thread at a time; what grace periods share has a lock of its own.
        VMaster old = master.exchangeRelease(VMaster.of(attachment));
        if (old == null) {
            return;
        }
        if (deferred) {
            retire(old);
        } else {
            writer.awaitInCommit();
            old.free();
        }
    }

    @Override
    public void synchronize() {
        if (deferred) {
            writer.synchronize();
        }
    }

    @Override
    int report(int streamId, GracePeriods.Section section, ReportSink sink) {
        section.enter();
        try {
            sink.entered();
            Master master = masters.find(streamId);
            return master == null ? ReportSink.UNKNOWN_STREAM : deliver(master.vmasterAcquire(), sink);
        } finally {
            section.exit();
        }
    }
}
