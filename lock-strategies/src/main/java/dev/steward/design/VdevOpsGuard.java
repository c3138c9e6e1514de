package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;

/**
 * The pointer to the core's vDEVICE in the master, set and cleared when the user makes and destroys the vDEVICE, under
 * a mutex per master inside the lock of the tree. An attach only says whether a nested domain is installed, without a
 * lock (docs/domain.md, 7.1, design a).
 *
 * <p>Two links decide about an event, and nothing keeps them consistent: it goes to the vIOMMU of the vDEVICE, whatever
 * vIOMMU the installed domain belongs to, and to nobody while there is none. The vIOMMU is alive all the same: the
 * vDEVICE pins it, and clearing the pointer waits for a report under way.
 */
final class VdevOpsGuard extends TreeGuard {
    private final DesignParts parts;

    VdevOpsGuard(DesignParts parts) {
        super(parts, LockStrategy.MUTEX);
        this.parts = parts;
    }

    @Override
    SectionLock newMasterLock() {
        return parts.newLock(DesignParts.MASTER, LockStrategy.MUTEX);
    }

    /** The attach neither looks for the vDEVICE nor cares: it has no use for the id. */
    @Override
    public boolean virtualIdStoredAtAttach() {
        return false;
    }

    @Override
    public boolean vdevicePointerStored() {
        return true;
    }

    @Override
    void attach(Master master, long attachment) {
        master.nestedOpaque(Attachment.isAttached(attachment));
    }

    /** A stream that nobody probed becomes known: iommufd never comes before the probe, a test of the guard may. */
    @Override
    public void vdeviceSet(int streamId, long attachment) {
        Master master = masters.findPresent(streamId);
        exchange(master == null ? probe(streamId) : master, VMaster.of(attachment));
    }

    @Override
    public void vdeviceCleared(int streamId) {
        Master master = masters.findPresent(streamId);
        if (master != null) {
            exchange(master, null);
        }
    }

    private static void exchange(Master master, VMaster next) {
        long token = master.lock().lockExclusive();
        try {
            VMaster.free(master.exchange(next));
        } finally {
            master.lock().unlockExclusive(token);
        }
    }

    @Override
    long translate(Master master, int reader) {
        long token = master.lock().lockShared(reader);
        try {
            return master.nestedOpaque() ? VMaster.snapshot(master.vmaster()) : Attachment.NOT_ATTACHED;
        } finally {
            master.lock().unlockShared(reader, token);
        }
    }

    @Override
    int report(Master master, int reader, ReportSink sink) {
        if (!master.nestedOpaque()) {
            return ReportSink.NOT_ATTACHED;
        }
        long token = master.lock().lockShared(reader);
        try {
            VMaster vdevice = master.vmaster();
            return vdevice == null ? ReportSink.NO_VDEVICE : deliver(vdevice, sink);
        } finally {
            master.lock().unlockShared(reader, token);
        }
    }
}
