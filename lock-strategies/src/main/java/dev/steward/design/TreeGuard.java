package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;

/**
 * What the designs share that find the master in a search tree under a lock of the SMMU, and keep that lock until the
 * event is reported (docs/domain.md, 3.4, steps 5 and 6); with two look-ups also step 2 of the merged driver.
 */
abstract class TreeGuard extends DesignGuard {
    private final StreamTree tree = new StreamTree();
    private final SectionLock treeLock;
    private final boolean twoLookUps;

    TreeGuard(DesignParts parts, LockStrategy lock) {
        super(parts.context());
        treeLock = parts.newLock(DesignParts.STREAMS, lock);
        twoLookUps = parts.twoLookUps();
    }

    @Override
    final void learn(Master master) {
        long token = treeLock.lockExclusive();
        try {
            tree.insert(master);
        } finally {
            treeLock.unlockExclusive(token);
        }
    }

    /** Whoever had found the master has left: they hold the lock until they are done with it. */
    @Override
    final void forget(Master master) {
        long token = treeLock.lockExclusive();
        try {
            tree.remove(master.streamId());
        } finally {
            treeLock.unlockExclusive(token);
        }
        VMaster.free(master.exchange(null));
    }

    /** The lock of the tree, for designs whose attach takes it. */
    final SectionLock treeLock() {
        return treeLock;
    }

    /** What a master is attached to, as an event would find it; the lock of the tree is held. */
    abstract long translate(Master master, int reader);

    /** Reports an event of a master; the lock of the tree is held. */
    abstract int report(Master master, int reader, ReportSink sink);

    @Override
    public final Reader registerReader() {
        return new TreeReader(readers.claim());
    }

    @Override
    public final GuardStatistics statistics() {
        return statistics(0).plus(treeLock.statistics());
    }

    private final class TreeReader implements Reader {
        private final int reader;

        TreeReader(int reader) {
            this.reader = reader;
        }

        @Override
        public void lookUp(int streamId) {
            if (!twoLookUps) {
                return;
            }
            Master master;
            long token = treeLock.lockShared(reader);
            try {
                master = tree.find(streamId);
                if (master != null) {
                    master.takeDevice();
                }
            } finally {
                treeLock.unlockShared(reader, token);
            }
            if (master != null) {
                master.putDevice();
            }
        }

        @Override
        public long translate(int streamId) {
            long token = treeLock.lockShared(reader);
            try {
                Master master = tree.find(streamId);
                return master == null ? Attachment.UNKNOWN_STREAM : TreeGuard.this.translate(master, reader);
            } finally {
                treeLock.unlockShared(reader, token);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            long token = treeLock.lockShared(reader);
            try {
                Master master = tree.find(streamId);
                return master == null ? ReportSink.UNKNOWN_STREAM : TreeGuard.this.report(master, reader, sink);
            } finally {
                treeLock.unlockShared(reader, token);
            }
        }

        @Override
        public void close() {
            readers.release(reader);
        }
    }
}
