package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;

/**
 * Attachments in place behind one or more locks, held over look-up and report. Quiescence comes for free: a commit has
 * the lock only when no report on its streams is under way.
 */
final class SectionLockGuard extends PositionedGuard {
    private final AttachmentTable table;
    private final SectionLock[] locks;
    private final int mask;
    private final ReaderIds readers;

    SectionLockGuard(GuardContext context, Scope scope, SectionLock.Factory factory) {
        super(context);
        table = own(new AttachmentTable(index.capacity()));
        readers = new ReaderIds(context.maxReaders());
        locks = new SectionLock[scope.locks(index.capacity())];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = factory.create(context);
        }
        mask = scope.mask();
    }

    @Override
    public Reader registerReader() {
        return new LockingReader(readers.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        SectionLock lock = locks[position & mask];
        long token = lock.lockExclusive();
        try {
            table.storeOpaque(position, attachment);
        } finally {
            lock.unlockExclusive(token);
        }
    }

    @Override
    public GuardStatistics statistics() {
        GuardStatistics sum = GuardStatistics.ofFootprint(ownedBytes());
        for (SectionLock lock : locks) {
            sum = sum.plus(lock.statistics());
        }
        return sum;
    }

    @Override
    public void close() {
        for (SectionLock lock : locks) {
            lock.close();
        }
        super.close();
    }

    private final class LockingReader extends PositionedReader {
        // One load nearer than those of the guard, for each event.
        private final AttachmentTable ownTable = table;
        private final SectionLock[] ownLocks = locks;
        private final int ownMask = mask;

        LockingReader(int slot) {
            super(index, slot, readers::release);
        }

        @Override
        long translateAt(int position) {
            SectionLock lock = ownLocks[position & ownMask];
            long record = ownTable.address(position);
            long token = lock.lockShared(slot);
            try {
                return AttachmentRecord.snapshotOpaque(record);
            } finally {
                lock.unlockShared(slot, token);
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            SectionLock lock = ownLocks[position & ownMask];
            long record = ownTable.address(position);
            long token = lock.lockShared(slot);
            try {
                sink.entered();
                return Delivery.deliver(AttachmentRecord.loadOpaque(record), sink);
            } finally {
                lock.unlockShared(slot, token);
            }
        }

        @Override
        int reportStallAt(int position, StallSink sink) {
            SectionLock lock = ownLocks[position & ownMask];
            long record = ownTable.address(position);
            long token = lock.lockShared(slot);
            try {
                return Delivery.deliverStall(AttachmentRecord.loadOpaque(record), sink);
            } finally {
                lock.unlockShared(slot, token);
            }
        }
    }
}
