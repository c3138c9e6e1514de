package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;

/**
 * No exclusion at all. Its cost is the floor of every comparison, its violations prove that the oracles can see.
 *
 * <p>Breaks every promise of the port: a snapshot may mix two attachments, and a report may still be under way for the
 * old vIOMMU when commit has returned.
 */
final class UnguardedGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("unguarded")
        .family(StrategyInfo.Family.FLOOR)
        .title("no lock at all: floor of the cost, negative control")
        .source("none")
        .kernelPrimitive("none")
        .context("nowhere: it is wrong")
        .readerWrites("nothing")
        .writerWrites("the record")
        .notModelled("nothing to model")
        .quiescence(StrategyInfo.Quiescence.NEVER)
        .build();

    private final StreamIndex index;
    private final ReaderIds readers;
    private final AttachmentTable table;

    UnguardedGuard(GuardContext context) {
        index = context.index();
        readers = new ReaderIds(context.maxReaders());
        table = new AttachmentTable(index.capacity());
    }

    @Override
    public Reader registerReader() {
        return new PlainReader(readers.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        table.storeOpaque(AttachmentTable.indexOfPresent(index, streamId), attachment);
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
        private final int reader;

        PlainReader(int reader) {
            this.reader = reader;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            return position == StreamIndex.ABSENT ? Attachment.UNKNOWN_STREAM : table.snapshotOpaque(position);
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            return Section.deliver(table.loadOpaque(position), sink);
        }

        @Override
        public void close() {
            readers.release(reader);
        }
    }
}
