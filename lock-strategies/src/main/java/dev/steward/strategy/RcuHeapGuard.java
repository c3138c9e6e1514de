package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The RCU family with the garbage collector in place of grace periods: pages are heap arrays that nobody reuses. A
 * declared comparison, not a strategy.
 *
 * <p>Memory is safe, and that is all: a commit returns without knowing whether a report for the old attachment is under
 * way, and nothing ever tells (docs/domain.md, 8.2, memory safe against quiescent). So a driver could not drop the pin
 * on the old vIOMMU. What it shows is the price of everything else.
 *
 * <p>Memory modes: a page is published by a release store of its reference and found by an acquire load.
 */
final class RcuHeapGuard extends PositionedGuard {
    private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(long[][].class);
    private static final int STATE = 0;
    private static final int VIRTUAL_STREAM_ID = 1;
    private static final int GENERATION = 2;
    private static final int CHECKSUM = 3;
    private static final int WORDS_SHIFT = 2;
    private static final int ARRAY_HEADER_BYTES = 16;

    private final ReaderIds readers;
    private final int pageShift;
    private final int recordMask;
    private final long[][] directory;
    private final WriterLock writerLock;

    RcuHeapGuard(GuardContext context, int pageShift) {
        super(context);
        writerLock = new WriterLock(context.contention());
        readers = new ReaderIds(context.maxReaders());
        this.pageShift = pageShift;
        recordMask = (1 << pageShift) - 1;
        directory = new long[(index.capacity() + recordMask) >>> pageShift][(recordMask + 1) << WORDS_SHIFT];
    }

    @Override
    public Reader registerReader() {
        return new PointerReader(readers.claim());
    }

    @Override
    void commitAt(int position, long attachment) {
        writerLock.lock();
        try {
            long[] page = directory[position >>> pageShift].clone();
            int record = recordOf(position);
            page[record + STATE] = AttachmentLayout.state(attachment);
            page[record + VIRTUAL_STREAM_ID] =
                AttachmentLayout.virtualStreamId(attachment, page[record + VIRTUAL_STREAM_ID]);
            page[record + GENERATION]++;
            page[record + CHECKSUM] = AttachmentLayout.checksum(
                page[record + STATE], page[record + VIRTUAL_STREAM_ID], page[record + GENERATION]);
            PAGE.setRelease(directory, position >>> pageShift, page);
        } finally {
            writerLock.unlock();
        }
    }

    private int recordOf(int position) {
        return (position & recordMask) << WORDS_SHIFT;
    }

    private long[] pageAcquire(int position) {
        return (long[]) PAGE.getAcquire(directory, position >>> pageShift);
    }

    @Override
    public GuardStatistics statistics() {
        long pageBytes = ARRAY_HEADER_BYTES + ((recordMask + 1L) << WORDS_SHIFT) * Long.BYTES;
        return GuardStatistics.ofFootprint(directory.length * (pageBytes + Integer.BYTES));
    }

    private final class PointerReader extends PositionedReader {
        PointerReader(int slot) {
            super(index, slot, readers::release);
        }

        @Override
        long translateAt(int position) {
            long[] page = pageAcquire(position);
            int record = recordOf(position);
            long state = page[record + STATE];
            long virtualStreamId = page[record + VIRTUAL_STREAM_ID];
            long checksum = AttachmentLayout.checksum(state, virtualStreamId, page[record + GENERATION]);
            return page[record + CHECKSUM] == checksum
                ? AttachmentLayout.attachment(state, virtualStreamId) : Attachment.TORN;
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            sink.entered();
            long[] page = pageAcquire(position);
            int record = recordOf(position);
            return Delivery.deliver(
                AttachmentLayout.attachment(page[record + STATE], page[record + VIRTUAL_STREAM_ID]), sink);
        }
    }
}
