package dev.steward.design;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.GracePeriods;
import dev.steward.strategy.RcuWriter;
import dev.steward.strategy.Reclamation;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What the designs share that publish a vmaster by a release store and free the old one after a grace period
 * (docs/domain.md, 7.1, design g, and 7.2). Masters are found by the position of their table entry: a red-black tree
 * would need a sequence count beside RCU.
 */
abstract class VmasterRcuGuard extends DesignGuard {
    static final String SOURCE = "never posted here; as the invalidation arrays, 13 Aug 2025, cover.1755131672";
    static final String NOT_MODELLED =
        "a grace period is what the setting 'grace' says, where srcu's paces itself by jiffies; freeing later takes no"
            + " time of it; a position, not a tree";

    /** To look for readers may cost a barrier on all cores; kfree_rcu() frees in batches, too. */
    static final int FREED_TOGETHER = 16;

    final RcuWriter writer;
    final GracePeriods gracePeriods;

    private final boolean twoLookUps;
    // Under the writer's lock.
    private final Queue<Retired> retired = new ArrayDeque<>();
    private int mostRetired;

    /** A vmaster that events may still read. */
    private record Retired(VMaster vmaster, long ticket) {
    }

    VmasterRcuGuard(DesignParts parts, Reclamation reclamation) {
        super(parts.context());
        writer = new RcuWriter(parts.context(), reclamation);
        gracePeriods = writer.gracePeriods();
        twoLookUps = parts.twoLookUps();
    }

    /** Leaves an unpublished vmaster to be freed later (kfree_rcu()), with some others at a time. */
    final void retire(VMaster old) {
        writer.lock();
        try {
            retired.add(new Retired(old, gracePeriods.start()));
            mostRetired = Math.max(mostRetired, retired.size());
            if (retired.size() >= FREED_TOGETHER) {
                while (!retired.isEmpty() && gracePeriods.elapsed(retired.peek().ticket)) {
                    retired.remove().vmaster.free();
                }
            }
        } finally {
            writer.unlock();
        }
    }

    /** What all masters share, beside the table of positions. */
    long sharedBytes() {
        return 0;
    }

    /** What events had to repeat. */
    long retries() {
        return 0;
    }

    @Override
    public final GuardStatistics statistics() {
        writer.lock();
        try {
            GuardStatistics own = new GuardStatistics(
                retries(), 0, 0, writer.waited(), mostRetired * VMaster.BYTES, gracePeriods.lengthBytes());
            return statistics(sharedBytes()).plus(own);
        } finally {
            writer.unlock();
        }
    }

    @Override
    public final Reader registerReader() {
        return new RcuReader(gracePeriods.register());
    }

    /** Reports inside the section, or takes what it needs and reports outside of it. */
    abstract int report(int streamId, GracePeriods.Section section, ReportSink sink);

    private final class RcuReader implements Reader {
        private final GracePeriods.Section section;

        RcuReader(GracePeriods.Section section) {
            this.section = section;
        }

        @Override
        public void lookUp(int streamId) {
            if (!twoLookUps) {
                return;
            }
            Master master;
            section.enter();
            try {
                master = masters.find(streamId);
                if (master != null) {
                    master.takeDevice();
                }
            } finally {
                section.exit();
            }
            if (master != null) {
                master.putDevice();
            }
        }

        @Override
        public long translate(int streamId) {
            section.enter();
            try {
                Master master = masters.find(streamId);
                return master == null ? Attachment.UNKNOWN_STREAM : VMaster.snapshot(master.vmasterAcquire());
            } finally {
                section.exit();
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            return VmasterRcuGuard.this.report(streamId, section, sink);
        }

        @Override
        public void quiesce() {
            section.quiesce();
        }

        @Override
        public void close() {
            section.close();
        }
    }
}
