package dev.steward.strategy;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Copy-on-write pages with one mistake each. Its own pages, since the real ones leave no room for the mistakes; they
 * also let a reader dawdle between the pointer and the page.
 */
final class BrokenRcuGuard implements AttachmentGuard {
    /** What is wrong. */
    enum Mistake {
        /** The directory names the new page before it is filled. Everything else is right. */
        PUBLISH_BEFORE_FILL,
        /** The old page is up for reuse before its readers have left. The commit itself waits for them. */
        REUSE_BEFORE_GRACE_PERIOD
    }

    private static final int RECORDS_PER_PAGE = 64;
    private static final int WORDS_PER_PAGE = 2 * RECORDS_PER_PAGE;

    private final Mistake mistake;
    private final AtomicIntegerArray directory;
    private final AtomicLongArray pages;
    private final EpochDomain epochs;
    private final ReentrantLock writerLock = new ReentrantLock();
    private final ReentrantLock graceLock = new ReentrantLock();
    private int spare;

    BrokenRcuGuard(GuardContext context, Mistake mistake) {
        this.mistake = mistake;
        spare = context.index().capacity() / RECORDS_PER_PAGE;
        directory = new AtomicIntegerArray(spare);
        pages = new AtomicLongArray((spare + 1) * WORDS_PER_PAGE);
        epochs = new EpochDomain(context.maxReaders(), context.gracePeriods());
        for (int page = 0; page < spare; page++) {
            directory.set(page, page);
        }
    }

    @Override
    public void commit(int streamId, long attachment) {
        writerLock.lock();
        try {
            int entry = streamId / RECORDS_PER_PAGE;
            int old = directory.get(entry);
            if (mistake == Mistake.PUBLISH_BEFORE_FILL) {
                directory.set(entry, spare);
                if ((System.nanoTime() & 15) == 0) {
                    Thread.yield();
                }
                fill(old, streamId, attachment);
                epochs.synchronize();
            } else {
                fill(old, streamId, attachment);
                directory.set(entry, spare);
            }
            spare = old;
        } finally {
            writerLock.unlock();
        }
        if (mistake == Mistake.REUSE_BEFORE_GRACE_PERIOD) {
            graceLock.lock();
            try {
                epochs.synchronize();
            } finally {
                graceLock.unlock();
            }
        }
    }

    private void fill(int old, int streamId, long attachment) {
        for (int word = 0; word < WORDS_PER_PAGE; word++) {
            pages.set(spare * WORDS_PER_PAGE + word, pages.get(old * WORDS_PER_PAGE + word));
        }
        int record = recordOf(spare, streamId);
        pages.set(record, AttachmentLayout.state(attachment));
        pages.set(record + 1, AttachmentLayout.virtualStreamId(attachment, pages.get(record + 1)));
    }

    private long load(int streamId) {
        if (streamId / RECORDS_PER_PAGE >= directory.length()) {
            return Attachment.UNKNOWN_STREAM;
        }
        int record = recordOf(directory.get(streamId / RECORDS_PER_PAGE), streamId);
        if ((System.nanoTime() & 15) == 0) {
            Thread.yield();
        }
        long first = pages.get(record);
        return AttachmentLayout.attachment(first, pages.get(record + 1));
    }

    private static int recordOf(int page, int streamId) {
        return page * WORDS_PER_PAGE + 2 * (streamId % RECORDS_PER_PAGE);
    }

    @Override
    public Reader registerReader() {
        GracePeriods.Section section = epochs.register();
        return new Reader() {
            @Override
            public long translate(int streamId) {
                section.enter();
                try {
                    return load(streamId);
                } finally {
                    section.exit();
                }
            }

            @Override
            public int report(int streamId, ReportSink sink) {
                section.enter();
                try {
                    return Delivery.deliver(load(streamId), sink);
                } finally {
                    section.exit();
                }
            }

            @Override
            public void close() {
                section.close();
            }
        };
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(epochs.lengthBytes());
    }

    @Override
    public void close() {
        // everything is on the heap
    }
}
