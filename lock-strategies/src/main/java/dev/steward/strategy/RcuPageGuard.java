package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.StreamIndex;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Readers follow a pointer to an immutable page of attachments; the writer copies a page, publishes it, waits for a
 * grace period and only then reuses the old page (domain reference 7.1, design g, synchronous).
 *
 * <p>The memory is off-heap and really reclaimed after a grace period of the guard's own: leaning on the garbage
 * collector would hide the cost that a driver pays. The writer lock is held over the grace period, so one spare page is
 * enough; the driver's attach path is serialised in the same way by its ASID lock (domain reference 5.3).
 */
final class RcuPageGuard implements AttachmentGuard {
    static final StrategyInfo INFO = StrategyInfo.named("rcu-page")
        .family(StrategyInfo.Family.RCU)
        .title("copy-on-write pages, epoch grace period inside each attach")
        .source("McKenney & Slingwine 1998, Read-Copy Update; Fraser 2004, Practical lock-freedom, ch. 5")
        .kernelPrimitive("SRCU with synchronize_srcu() in attach")
        .context("readers anywhere and may sleep; attach waits for all readers")
        .readerWrites("its own epoch slot, twice (one full fence)")
        .writerWrites("a page of 64 records, the directory entry, the epoch")
        .notModelled("grace periods of a kernel take milliseconds (tick, idle CPUs); these end when the reader leaves")
        .build();

    private static final int PADDING = OffHeap.PADDED_LENGTH / Long.BYTES;
    private static final int SPARE = PADDING;
    private static final int GRACE_PERIODS = PADDING + 1;

    private final StreamIndex index;
    private final AttachmentPages pages;
    private final EpochDomain epochs;
    private final GracePeriodListener listener;
    private final ReentrantLock writerLock = new ReentrantLock();
    /** Written by each commit, so kept two lines away from whatever the reader loads for each event. */
    private final long[] writerState = new long[2 * PADDING + 2];

    RcuPageGuard(GuardContext context) {
        index = context.index();
        listener = context.listener();
        pages = new AttachmentPages(index.capacity());
        epochs = new EpochDomain(context.maxReaders());
        writerState[SPARE] = pages.firstSpare();
    }

    @Override
    public Reader registerReader() {
        return new EpochReader(epochs.register());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = AttachmentTable.indexOfPresent(index, streamId);
        writerLock.lock();
        try {
            int old = pages.replace(position, attachment, (int) writerState[SPARE]);
            listener.onGracePeriodBegin();
            epochs.synchronize();
            listener.onGracePeriodEnd();
            writerState[GRACE_PERIODS]++;
            writerState[SPARE] = old;
        } finally {
            writerLock.unlock();
        }
    }

    @Override
    public GuardStatistics statistics() {
        writerLock.lock();
        try {
            return new GuardStatistics(
                0, 0, 0, writerState[GRACE_PERIODS], 0, pages.lengthBytes() + epochs.lengthBytes());
        } finally {
            writerLock.unlock();
        }
    }

    @Override
    public void close() {
        pages.free();
    }

    private final class EpochReader implements Reader {
        private final int slot;

        EpochReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return Attachment.UNKNOWN_STREAM;
            }
            epochs.enter(slot);
            try {
                return pages.snapshot(position);
            } finally {
                epochs.exit(slot);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            epochs.enter(slot);
            try {
                return Section.deliver(pages.load(position), sink);
            } finally {
                epochs.exit(slot);
            }
        }

        @Override
        public void close() {
            epochs.deregister(slot);
        }
    }
}
