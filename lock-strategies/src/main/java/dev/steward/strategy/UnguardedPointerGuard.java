package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;

/**
 * No exclusion at all over the layout of {@link RcuEntry}: a record behind one more dependent load. The floor for every
 * strategy with that layout, so that the price of the layout is not taken for the price of its protection.
 */
final class UnguardedPointerGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("unguarded-pointer")
        .family(StrategyInfo.Family.FLOOR)
        .title("no lock at all, records behind a pointer: floor of those")
        .source("none")
        .kernelPrimitive("none")
        .context("nowhere: it is wrong")
        .readerWrites("nothing")
        .writerWrites("the record")
        .notModelled("nothing to model")
        .quiescence(StrategyInfo.Quiescence.NEVER)
        .behindPointer()
        .build();

    private final StreamIndex index;
    private final ReaderIds readers;
    private final AttachmentPages pages;

    UnguardedPointerGuard(GuardContext context) {
        index = context.index();
        readers = new ReaderIds(context.maxReaders());
        pages = new AttachmentPages(index.capacity(), 0, 0);
    }

    @Override
    public Reader registerReader() {
        return new PlainReader(readers.claim());
    }

    @Override
    public void commit(int streamId, long attachment) {
        pages.storeInPlace(AttachmentTable.indexOfPresent(index, streamId), attachment);
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(pages.lengthBytes());
    }

    @Override
    public void close() {
        pages.free();
    }

    private final class PlainReader implements Reader {
        private final int reader;

        PlainReader(int reader) {
            this.reader = reader;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            return position == StreamIndex.ABSENT ? Attachment.UNKNOWN_STREAM : pages.snapshot(position);
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            return Section.deliver(pages.load(position), sink);
        }

        @Override
        public void close() {
            readers.release(reader);
        }
    }
}
