package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;

/**
 * What the designs share that find the master under one lock of the SMMU, and keep that lock until the event is
 * reported (docs/domain.md, 3.4, steps 5 and 6); with two look-ups also step 2 of the merged driver.
 */
abstract class LockedGuard extends DesignGuard {
    private final SectionLock lock;
    private final boolean twoLookUps;

    LockedGuard(DesignParts parts, LockStrategy lock) {
        super(parts.context());
        this.lock = parts.newLock(DesignParts.STREAMS, lock);
        twoLookUps = parts.twoLookUps();
    }

    final SectionLock lock() {
        return lock;
    }

    /** Makes the vmaster of an attachment and exchanges it under the lock. */
    final void exchange(Master master, long attachment) {
        VMaster next = VMaster.of(attachment);
        long token = lock.lockExclusive();
        try {
            VMaster.free(master.exchange(next));
        } finally {
            lock.unlockExclusive(token);
        }
    }

    /** What masters are looked up in, beside the table of positions. */
    long nodeBytes() {
        return 0;
    }

    /** The master of a stream or null; the lock is held. */
    abstract Master find(int streamId);

    /** What a master is attached to, as an event would find it; the lock is held. */
    abstract long translate(Master master, int reader);

    /** Reports an event of a master; the lock is held. */
    abstract int report(Master master, int reader, ReportSink sink);

    /** Reports a stalled fault of a master; the lock is held, and that is all the merged driver holds. */
    int reportStall(Master master, int reader, StallSink sink) {
        return sink.report();
    }

    @Override
    public final Reader registerReader() {
        return new LockedReader(readers.claim());
    }

    @Override
    public final GuardStatistics statistics() {
        return statistics(nodeBytes()).plus(lock.statistics());
    }

    private final class LockedReader implements Reader {
        private final int reader;

        LockedReader(int reader) {
            this.reader = reader;
        }

        @Override
        public void lookUp(int streamId) {
            if (!twoLookUps) {
                return;
            }
            Master master;
            long token = lock.lockShared(reader);
            try {
                master = find(streamId);
                if (master != null) {
                    master.takeDevice();
                }
            } finally {
                lock.unlockShared(reader, token);
            }
            if (master != null) {
                master.putDevice();
            }
        }

        @Override
        public long translate(int streamId) {
            long token = lock.lockShared(reader);
            try {
                Master master = find(streamId);
                return master == null ? Attachment.UNKNOWN_STREAM : LockedGuard.this.translate(master, reader);
            } finally {
                lock.unlockShared(reader, token);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            long token = lock.lockShared(reader);
            try {
                sink.entered();
                Master master = find(streamId);
                return master == null ? ReportSink.UNKNOWN_STREAM : LockedGuard.this.report(master, reader, sink);
            } finally {
                lock.unlockShared(reader, token);
            }
        }

        @Override
        public int reportStall(int streamId, StallSink sink) {
            long token = lock.lockShared(reader);
            try {
                Master master = find(streamId);
                return master == null ? ReportSink.UNKNOWN_STREAM
                    : LockedGuard.this.reportStall(master, reader, sink);
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
