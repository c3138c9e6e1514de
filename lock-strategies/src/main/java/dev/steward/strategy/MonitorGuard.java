package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.smmu.StallSink;

/**
 * A Java monitor over look-up and report: the lock that Java code takes by default, for comparison.
 *
 * <p>A guard of its own and no section lock, because a monitor cannot be opened in one method and closed in another.
 * HotSpot spins for a while on a contended monitor, then parks; it makes no promise of fairness. Memory modes: entry is
 * an acquire, leaving a release, of the header word or of the inflated monitor.
 */
@Description(
    name = "monitor",
    family = Family.EXCLUSIVE,
    title = "a Java monitor (synchronized) over look-up and report",
    source = "Bacon et al. 1998, Thin Locks; HotSpot ObjectMonitor",
    kernelPrimitive = "struct mutex; spins before it sleeps, as that does",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.MUTEX,
    readerWrites = "the lock word, twice",
    writerWrites = "the lock word, twice; the record",
    notModelled = "spins by a guess and not while the owner runs; no hand-off",
    variedBy = Dimension.SCOPE)
final class MonitorGuard extends PositionedGuard {
    private static final int OBJECT_BYTES = 16;

    private final AttachmentTable table;
    private final Object[] monitors;
    private final int mask;
    private final ReaderIds readers;

    MonitorGuard(GuardContext context, Scope scope) {
        super(context);
        table = own(new AttachmentTable(index.capacity()));
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
    void commitAt(int position, long attachment) {
        synchronized (monitors[position & mask]) {
            table.storeOpaque(position, attachment);
        }
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(ownedBytes() + (long) monitors.length * OBJECT_BYTES);
    }

    private final class MonitorReader extends PositionedReader {
        // One load nearer than those of the guard, for each event.
        private final AttachmentTable ownTable = table;
        private final Object[] ownMonitors = monitors;
        private final int ownMask = mask;

        MonitorReader(int slot) {
            super(index, slot, readers::release);
        }

        @Override
        long translateAt(int position) {
            long record = ownTable.address(position);
            synchronized (ownMonitors[position & ownMask]) {
                return AttachmentRecord.snapshotOpaque(record);
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            long record = ownTable.address(position);
            synchronized (ownMonitors[position & ownMask]) {
                sink.entered();
                return Delivery.deliver(AttachmentRecord.loadOpaque(record), sink);
            }
        }

        @Override
        int reportStallAt(int position, StallSink sink) {
            long record = ownTable.address(position);
            synchronized (ownMonitors[position & ownMask]) {
                return Delivery.deliverStall(AttachmentRecord.loadOpaque(record), sink);
            }
        }
    }
}
