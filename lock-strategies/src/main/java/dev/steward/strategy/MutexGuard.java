package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;

/**
 * One mutex per SMMU, held over look-up and report: what the driver merged for v6.15 does with {@code streams_mutex}
 * (domain reference 7.1, design e).
 *
 * <p>Reader and writer both write the one lock word. Nothing is retried; quiescence comes for free.
 */
public final class MutexGuard implements AttachmentGuard {
    /** What to print about it. */
    public static final StrategyInfo INFO = new StrategyInfo(
        "mutex",
        "one mutex per SMMU over look-up and report (merged driver, v6.15)",
        "struct mutex (streams_mutex)",
        true,
        "threaded handler only; the holder may sleep",
        "the lock word, twice",
        "a waiter parks at once instead of spinning while the owner runs; hand-off after 100 us");

    private final HandOffMutex lock = new HandOffMutex();
    private final AttachmentTable table;

    MutexGuard(GuardContext context) {
        table = new AttachmentTable(context.index());
    }

    @Override
    public Reader registerReader() {
        return new LockingReader();
    }

    @Override
    public void commit(int streamId, long attachment) {
        lock.lock();
        try {
            table.storeOpaque(streamId, attachment);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(table.lengthBytes());
    }

    @Override
    public void close() {
        table.free();
    }

    private final class LockingReader implements Reader {
        @Override
        public long translate(int streamId) {
            lock.lock();
            try {
                return table.loadOpaque(streamId);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            lock.lock();
            try {
                return Section.deliver(table.loadOpaque(streamId), sink);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            // a lock knows no readers
        }
    }
}
