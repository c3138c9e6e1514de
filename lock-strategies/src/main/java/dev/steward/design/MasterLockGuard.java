package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;

/**
 * A read-write semaphore per master inside the lock of the tree: read-held over the report, write-held while an attach
 * exchanges the vmaster; the attach does not take the lock of the tree (docs/domain.md, 7.1, designs c and d).
 *
 * <p>A stalled fault is reported under the lock of the tree alone, as in v3 to v6 of design d. Its v2, the one with one
 * look-up, had the semaphore around the stall as well.
 *
 * <p>An attach that would change nothing takes no lock. What counts as nothing is what the master keeps: vIOMMU and
 * virtual StreamID (d), or the vIOMMU alone (c), whose report scans for the id at each event and stays inside the
 * spinlock of the vDEVICEs.
 */
final class MasterLockGuard extends TreeGuard {
    private final DesignParts parts;
    private final LockStrategy lock;
    private final boolean scanAtEvent;
    private final boolean lockOverStalls;

    MasterLockGuard(DesignParts parts, LockStrategy lock, boolean scanAtEvent) {
        super(parts, LockStrategy.MUTEX);
        this.parts = parts;
        this.lock = lock;
        this.scanAtEvent = scanAtEvent;
        lockOverStalls = !scanAtEvent && !parts.twoLookUps();
    }

    @Override
    SectionLock newMasterLock() {
        return parts.newLock(DesignParts.MASTER, lock);
    }

    @Override
    public boolean virtualIdStoredAtAttach() {
        return !scanAtEvent;
    }

    @Override
    void attach(Master master, long attachment) {
        // Attaches of one stream exclude each other, so the comparison needs no lock.
        if (VMaster.snapshot(master.vmaster()) == attachment) {
            return;
        }
        VMaster next = VMaster.of(attachment);
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
            long stored = VMaster.snapshot(master.vmaster());
            return scans(master, stored) ? scanned(master, Attachment.viommuId(stored)) : stored;
        } finally {
            master.lock().unlockShared(reader, token);
        }
    }

    private boolean scans(Master master, long stored) {
        return scanAtEvent && master.device() != null && Attachment.isAttached(stored);
    }

    private long scanned(Master master, int viommuId) {
        long found = context.vdevices().virtualStreamId(viommuId, master.device());
        return found < 0 ? Attachment.NOT_ATTACHED : Attachment.of(viommuId, (int) found);
    }

    @Override
    int reportStall(Master master, int reader, StallSink sink) {
        if (!lockOverStalls) {
            return sink.report();
        }
        long token = master.lock().lockShared(reader);
        try {
            return sink.report();
        } finally {
            master.lock().unlockShared(reader, token);
        }
    }

    @Override
    int report(Master master, int reader, ReportSink sink) {
        long token = master.lock().lockShared(reader);
        try {
            VMaster vmaster = master.vmaster();
            return vmaster != null && scans(master, vmaster.attachment())
                ? context.vdevices().reportUnderLock(
                    Attachment.viommuId(vmaster.attachment()), master.device(), sink)
                : deliver(vmaster, sink);
        } finally {
            master.lock().unlockShared(reader, token);
        }
    }
}
