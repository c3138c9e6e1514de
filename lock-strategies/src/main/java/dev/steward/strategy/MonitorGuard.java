package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;

/**
 * A Java monitor over look-up and report: the lock that Java code takes by default, for comparison.
 *
 * <p>A guard of its own and no section lock, because a monitor cannot be opened in one method and closed in another.
 * HotSpot spins for a while on a contended monitor, then parks; it makes no promise of fairness. Memory modes: entry is
 * an acquire, leaving a release, of the header word or of the inflated monitor.
 */
final class MonitorGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("monitor")
        .family(StrategyInfo.Family.EXCLUSIVE)
        .title("a Java monitor (synchronized) over look-up and report")
        .source("Bacon et al. 1998, Thin Locks; HotSpot ObjectMonitor")
        .kernelPrimitive("struct mutex; spins before it sleeps, as that does")
        .context("threaded handler only; the holder may sleep")
        .usage(Usage.SLEEPING_LOCK)
        .readerWrites("the lock word, twice")
        .writerWrites("the lock word, twice; the record")
        .notModelled("spins by a guess and not while the owner runs; no hand-off")
        .variedBy(Dimension.SCOPE)
        .build();

    private static final int OBJECT_BYTES = 16;

    private final StreamIndex index;
    private final AttachmentTable table;
    private final Object[] monitors;
    private final int mask;
    private final ReaderIds readers;

    MonitorGuard(GuardContext context, Scope scope) {
        index = context.index();
        table = new AttachmentTable(index.capacity());
        monitors = new Object[scope.locks(index.capacity())];
        for (int i = 0; i < monitors.length; i++) {
            monitors[i] = new Object();
        }
        mask = scope.mask();
        readers = new ReaderIds(context.maxReaders());
    }

    @Override
    public Reader registerReader() {
        return new MonitorReader(readers.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = AttachmentTable.indexOfPresent(index, streamId);
        synchronized (monitors[position & mask]) {
            table.storeOpaque(position, attachment);
        }
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(table.lengthBytes() + (long) monitors.length * OBJECT_BYTES);
    }

    @Override
    public void close() {
        table.free();
    }

    private final class MonitorReader implements Reader {
        private final int reader;

        MonitorReader(int reader) {
            this.reader = reader;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return Attachment.UNKNOWN_STREAM;
            }
            synchronized (monitors[position & mask]) {
                return table.snapshotOpaque(position);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            synchronized (monitors[position & mask]) {
                return Section.deliver(table.loadOpaque(position), sink);
            }
        }

        @Override
        public void close() {
            readers.release(reader);
        }
    }
}
