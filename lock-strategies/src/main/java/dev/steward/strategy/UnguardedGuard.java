package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;

/**
 * No exclusion at all. Its cost is the floor of every comparison, its violations prove that the oracles can see.
 *
 * <p>Breaks every promise of the port: a snapshot may mix two attachments, and a report may still be under way for the
 * old vIOMMU when commit has returned.
 */
public final class UnguardedGuard implements AttachmentGuard {
    /** What to print about it. */
    public static final StrategyInfo INFO = new StrategyInfo(
        "unguarded",
        "no lock at all: floor of the cost, negative control of the oracles",
        "none",
        false,
        "nowhere: it is wrong",
        "nothing",
        "nothing to model");

    private final AttachmentTable table;

    UnguardedGuard(GuardContext context) {
        table = new AttachmentTable(context.index());
    }

    @Override
    public Reader registerReader() {
        return new PlainReader();
    }

    @Override
    public void commit(int streamId, long attachment) {
        table.storeOpaque(streamId, attachment);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(table.lengthBytes());
    }

    @Override
    public void close() {
        table.free();
    }

    private final class PlainReader implements Reader {
        @Override
        public long translate(int streamId) {
            return table.loadOpaque(streamId);
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            return Section.deliver(table.loadOpaque(streamId), sink);
        }

        @Override
        public void close() {
            // nothing was registered
        }
    }
}
