package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;

/**
 * One read-write lock per stream table, read-held over the way from the entry to the vIOMMU, the look-up of the virtual
 * StreamID in the core, and the report; write-held while an attach changes the vIOMMU of an entry (docs/domain.md,
 * 7.1, design b).
 *
 * <p>No tree and no first look-up: the entry is found by the walk of the table itself. (inf) The id is looked up by the
 * core's scan under the spinlock of the vDEVICEs, released before the report. Without a device, in a test or benchmark
 * of the guard alone, there is nothing to scan and the id is that of the attach.
 */
final class TableGuard extends DesignGuard {
    private final SectionLock lock;

    TableGuard(DesignParts parts, LockStrategy tableLock) {
        super(parts.context());
        lock = parts.newLock(DesignParts.STREAMS, tableLock);
    }

    @Override
    public boolean virtualIdStoredAtAttach() {
        return false;
    }

    @Override
    void learn(Master master) {
        // found by its position
    }

    @Override
    void forget(Master master) {
        attach(master, Attachment.NOT_ATTACHED);
    }

    @Override
    void attach(Master master, long attachment) {
        VMaster next = VMaster.of(attachment);
        long token = lock.lockExclusive();
        try {
            VMaster.free(master.exchange(next));
        } finally {
            lock.unlockExclusive(token);
        }
    }

    @Override
    public Reader registerReader() {
        return new TableReader(readers.claim());
    }

    @Override
    public GuardStatistics statistics() {
        return statistics(0).plus(lock.statistics());
    }

    private final class TableReader implements Reader {
        private final int reader;

        TableReader(int reader) {
            this.reader = reader;
        }

        @Override
        public long translate(int streamId) {
            long token = lock.lockShared(reader);
            try {
                Master master = masters.find(streamId);
                if (master == null) {
                    return Attachment.UNKNOWN_STREAM;
                }
                long cached = VMaster.snapshot(master.vmaster());
                if (master.device() == null || !Attachment.isAttached(cached)) {
                    return cached;
                }
                int viommuId = Attachment.viommuId(cached);
                long found = context.vdevices().virtualStreamId(viommuId, master.device());
                return found < 0 ? Attachment.NOT_ATTACHED : Attachment.of(viommuId, (int) found);
            } finally {
                lock.unlockShared(reader, token);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            long token = lock.lockShared(reader);
            try {
                Master master = masters.find(streamId);
                if (master == null) {
                    return ReportSink.UNKNOWN_STREAM;
                }
                VMaster vmaster = master.vmaster();
                if (vmaster == null || master.device() == null) {
                    return deliver(vmaster, sink);
                }
                int viommuId = Attachment.viommuId(vmaster.attachment());
                long found = context.vdevices().virtualStreamId(viommuId, master.device());
                return found < 0 ? ReportSink.NO_VDEVICE : sink.report(viommuId, (int) found);
            } finally {
                lock.unlockShared(reader, token);
            }
        }

        @Override
        public void close() {
            readers.release(reader);
        }
    }
}
