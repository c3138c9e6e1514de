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
public final class RcuCowGuard implements AttachmentGuard {
    /** What to print about it. */
    public static final StrategyInfo INFO = new StrategyInfo(
        "rcu-cow",
        "copy-on-write pages, epoch grace period inside each attach",
        "SRCU with synchronize_srcu() in attach",
        true,
        "readers anywhere and may sleep; attach waits for all readers",
        "its own epoch slot, twice (one full fence)",
        "grace periods of a kernel take milliseconds (tick, idle CPUs); these end when the reader leaves");

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

    RcuCowGuard(GuardContext context) {
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
            return new GuardStatistics(0, 0, 0, writerState[GRACE_PERIODS], pages.lengthBytes() + epochs.lengthBytes());
        } finally {
            writerLock.unlock();
        }
    }

    @Override
    public void close() {
        pages.free();
        epochs.free();
    }

    private long load(int streamId) {
        int position = index.indexOf(streamId);
        return position == StreamIndex.ABSENT ? Attachment.UNKNOWN_STREAM : pages.load(position);
    }

    private final class EpochReader implements Reader {
        private final int slot;

        EpochReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            epochs.enter(slot);
            try {
                return load(streamId);
            } finally {
                epochs.exit(slot);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            epochs.enter(slot);
            try {
                return Section.deliver(load(streamId), sink);
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
