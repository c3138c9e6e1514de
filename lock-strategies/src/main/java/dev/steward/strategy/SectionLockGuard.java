package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;

/**
 * Attachments in place behind one or more locks, held over look-up and report. Quiescence comes for free: a commit has
 * the lock only when no report on its streams is under way.
 */
final class SectionLockGuard implements AttachmentGuard {
    private final StreamIndex index;
    private final AttachmentTable table;
    private final SectionLock[] locks;
    private final int mask;
    private final ReaderIds readers;

    SectionLockGuard(GuardContext context, Scope scope, SectionLock.Factory factory) {
        index = context.index();
        table = new AttachmentTable(index.capacity());
        readers = new ReaderIds(context.maxReaders());
        locks = new SectionLock[scope.locks(index.capacity())];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = factory.create(context.maxReaders());
        }
        mask = scope.mask();
    }

    @Override
    public Reader registerReader() {
        return new LockingReader(readers.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = AttachmentTable.indexOfPresent(index, streamId);
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
        GuardStatistics sum = GuardStatistics.ofFootprint(table.lengthBytes());
        for (SectionLock lock : locks) {
            sum = sum.plus(lock.statistics());
        }
        return sum;
    }

    @Override
    public void close() {
        table.free();
    }

    private final class LockingReader implements Reader {
        private final int reader;

        LockingReader(int reader) {
            this.reader = reader;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return Attachment.UNKNOWN_STREAM;
            }
            SectionLock lock = locks[position & mask];
            long token = lock.lockShared(reader);
            try {
                return table.snapshotOpaque(position);
            } finally {
                lock.unlockShared(reader, token);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            SectionLock lock = locks[position & mask];
            long token = lock.lockShared(reader);
            try {
                return Section.deliver(table.loadOpaque(position), sink);
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
