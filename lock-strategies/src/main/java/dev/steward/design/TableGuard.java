package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.LockStrategy;

/**
 * One read-write lock per stream table, read-held over the way from the entry to the vIOMMU, the look-up of the virtual
 * StreamID in the core, and the report; write-held while an attach changes the vIOMMU of an entry (docs/domain.md,
 * 7.1, design b).
 *
 * <p>No tree and no first look-up: the entry is found by the walk of the table itself. (inf) The id is looked up by the
 * core's scan under the spinlock of the vDEVICEs, released before the report. Without a device, in a test or benchmark
 * of the guard alone, there is nothing to scan and the id is that of the attach.
 */
final class TableGuard extends LockedGuard {
    TableGuard(DesignParts parts, LockStrategy lock) {
        super(parts, lock);
    }

    @Override
    public boolean virtualIdStoredAtAttach() {
        return false;
    }

    @Override
    Master find(int streamId) {
        return masters.find(streamId);
    }

    @Override
    void attach(Master master, long attachment) {
        exchange(master, attachment);
    }

    @Override
    long translate(Master master, int reader) {
        long cached = VMaster.snapshot(master.vmaster());
        if (master.device() == null || !Attachment.isAttached(cached)) {
            return cached;
        }
        int viommuId = Attachment.viommuId(cached);
        long found = context.vdevices().virtualStreamId(viommuId, master.device());
        return found < 0 ? Attachment.NOT_ATTACHED : Attachment.of(viommuId, (int) found);
    }

    @Override
    int report(Master master, int reader, ReportSink sink) {
        VMaster vmaster = master.vmaster();
        if (vmaster == null || master.device() == null) {
            return deliver(vmaster, sink);
        }
        int viommuId = Attachment.viommuId(vmaster.attachment());
        long found = context.vdevices().virtualStreamId(viommuId, master.device());
        return found < 0 ? ReportSink.NO_VDEVICE : sink.report(viommuId, (int) found);
    }
}
