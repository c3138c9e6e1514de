package dev.steward.design;

import dev.steward.engine.smmu.ReportSink;
import dev.steward.strategy.LockStrategy;

/**
 * One lock per SMMU before the tree of streams, held over look-up and report; the vmaster is prepared outside of it and
 * exchanged under it (docs/domain.md, 7.1, design e; with a read-write lock design f).
 */
final class StreamsGuard extends TreeGuard {
    StreamsGuard(DesignParts parts, LockStrategy lock) {
        super(parts, lock);
    }

    @Override
    void attach(Master master, long attachment) {
        exchange(master, attachment);
    }

    @Override
    long translate(Master master, int reader) {
        return VMaster.snapshot(master.vmaster());
    }

    @Override
    int report(Master master, int reader, ReportSink sink) {
        return deliver(master.vmaster(), sink);
    }
}
