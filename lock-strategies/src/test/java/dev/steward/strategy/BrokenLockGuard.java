package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.StampedLock;

/**
 * A table in place under a stamped lock and report slots, with one mistake each; the table is linear, so a
 * StreamID is its own position.
 */
final class BrokenLockGuard implements AttachmentGuard {
    /** What is wrong. */
    enum Mistake {
        /** The commit locks, the reader does not. */
        READER_SIDE_FORGOTTEN,
        /** The reader locks for the snapshot and reports after the unlock. */
        REPORT_OUTSIDE,
        /** The reader announces itself and does not look whether the snapshot still held. */
        NO_VALIDATION,
        /** The reader does everything right, the commit does not wait for the slots. */
        NO_WAIT_FOR_SLOTS
    }

    private final Mistake mistake;
    private final AttachmentTable table;
    private final ReaderSlots slots;
    private final StampedLock lock = new StampedLock();

    BrokenLockGuard(GuardContext context, Mistake mistake) {
        this.mistake = mistake;
        // Also the torture's unknown streams, for which no index is asked here.
        table = new AttachmentTable(2 * context.index().capacity());
        slots = new ReaderSlots(context.maxReaders());
    }

    @Override
    public void commit(int streamId, long attachment) {
        long stamp = lock.writeLock();
        try {
            table.storeOpaque(streamId, attachment);
        } finally {
            lock.unlockWrite(stamp);
        }
        VarHandle.fullFence();
        for (int slot = 0; mistake == Mistake.NO_VALIDATION && slot < slots.count(); slot++) {
            long announced = slots.loadVolatile(slot);
            while (announced != ReaderSlots.IDLE && slots.loadVolatile(slot) == announced) {
                Thread.yield();
            }
        }
    }

    @Override
    public Reader registerReader() {
        return new BrokenReader(slots.claim());
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(table.lengthBytes() + slots.lengthBytes());
    }

    @Override
    public void close() {
        table.free();
    }

    private final class BrokenReader implements Reader {
        private final int slot;
        private long count;

        BrokenReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            if (mistake == Mistake.READER_SIDE_FORGOTTEN) {
                return table.snapshotOpaque(streamId);
            }
            long stamp = lock.readLock();
            try {
                return table.snapshotOpaque(streamId);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            switch (mistake) {
                case READER_SIDE_FORGOTTEN:
                    return Delivery.deliver(table.loadOpaque(streamId), sink);
                case REPORT_OUTSIDE:
                    return Delivery.deliver(translate(streamId), sink);
                default:
                    return reportAnnounced(streamId, sink);
            }
        }

        private int reportAnnounced(int streamId, ReportSink sink) {
            while (true) {
                long stamp = lock.tryOptimisticRead();
                long attachment = table.loadOpaque(streamId);
                if ((count & 15) == 0) {
                    Thread.yield();
                }
                slots.announceFenced(slot, ++count);
                try {
                    if (mistake == Mistake.NO_VALIDATION || lock.validate(stamp)) {
                        return Attachment.isAttached(attachment) ? Delivery.deliver(attachment, sink) : 0;
                    }
                } finally {
                    slots.clearRelease(slot);
                }
            }
        }

        @Override
        public void close() {
            slots.release(slot);
        }
    }
}
