package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One reader-writer lock per stream table, read-held over look-up and report: the proposal of 5 September 2024 that
 * started the debate (domain reference 7.1, design b).
 *
 * <p>The reader writes the one shared lock word when it enters and when it leaves, as a kernel reader does. Unfair,
 * which is the default of the class; readers queue behind a waiting writer only heuristically.
 */
public final class RwLockGuard implements AttachmentGuard {
    /** What to print about it. */
    public static final StrategyInfo INFO = new StrategyInfo(
        "rwlock",
        "one reader-writer lock per table (the proposal of Sep 2024)",
        "rwlock_t",
        true,
        "any context, hard interrupts too; the holder must not sleep",
        "the shared lock word, twice; a thread-local hold count",
        "ReentrantReadWriteLock sleeps where rwlock_t spins; it is not fair to late readers as qrwlock is");

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final AttachmentTable table;

    RwLockGuard(GuardContext context) {
        table = new AttachmentTable(context.index());
    }

    @Override
    public Reader registerReader() {
        return new LockingReader();
    }

    @Override
    public void commit(int streamId, long attachment) {
        lock.writeLock().lock();
        try {
            table.storeOpaque(streamId, attachment);
        } finally {
            lock.writeLock().unlock();
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
            lock.readLock().lock();
            try {
                return table.loadOpaque(streamId);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            lock.readLock().lock();
            try {
                return Section.deliver(table.loadOpaque(streamId), sink);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public void close() {
            // a lock knows no readers
        }
    }
}
