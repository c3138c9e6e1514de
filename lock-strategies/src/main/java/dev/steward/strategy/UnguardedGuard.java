package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.ReportSink;

/**
 * No exclusion at all. Its cost is the floor of every comparison, its violations prove that the oracles can see. The
 * layout of its records is that of the strategies it is the floor of, so that the price of a layout is not taken for
 * the price of its protection.
 *
 * <p>Breaks every promise of the port: a snapshot may mix two attachments, and a report may still be under way for the
 * old vIOMMU when commit has returned.
 */
final class UnguardedGuard extends PositionedGuard {
    private final ReaderIds readers;
    private final AttachmentMemory records;

    UnguardedGuard(GuardContext context, AttachmentMemory records) {
        super(context);
        readers = new ReaderIds(context.maxReaders());
        this.records = own(records);
    }

    @Override
    public Reader registerReader() {
        return new PlainReader(readers.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        records.storeOpaque(position, attachment);
    }

    private final class PlainReader extends PositionedReader {
        /** One load nearer than that of the guard: this is the floor. */
        private final AttachmentMemory own = records;

        PlainReader(int slot) {
            super(index, slot, readers::release);
        }

        @Override
        long translateAt(int position) {
            return own.snapshotOpaque(position);
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            sink.entered();
            return Delivery.deliver(own.loadOpaque(position), sink);
        }
    }
}
