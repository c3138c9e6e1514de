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
 * Readers follow a number to a page of attachments that does not change; the writer copies a page, publishes the copy,
 * and reuses the old page after a grace period (domain reference 7.1, design g). How large a page is makes the three
 * strategies of the family: {@link RcuTable}, {@link RcuPage}, {@link RcuEntry}.
 *
 * <p>The memory is off-heap and really reused: leaning on the garbage collector would hide the cost that a driver pays.
 *
 * <p>Synchronous: each commit waits for its grace period under the writer lock, so one spare page is enough; the
 * driver's attach path is serialised in the same way by its ASID lock (domain reference 5.3). Deferred: a commit
 * retires the old page and returns; it takes up again what has become free, and waits only if all spares are retired;
 * {@link #synchronize} waits for what was retired before it.
 */
final class RcuGuard implements AttachmentGuard {
    private final StreamIndex index;
    private final AttachmentPages pages;
    private final GracePeriods gracePeriods;
    private final GracePeriodListener listener;
    private final boolean deferred;
    private final ReentrantLock writerLock = new ReentrantLock();
    private final SparePages spares;
    /** Written by each commit: on lines of its own, away from what the reader loads for each event. */
    private final PaddedLong waited = new PaddedLong();

    RcuGuard(GuardContext context, Variant variant, int pageShift, int deferredSpares) {
        index = context.index();
        listener = context.listener();
        deferred = variant.attach() == AttachMode.DEFERRED;
        int spareCount = deferred ? deferredSpares : 1;
        pages = new AttachmentPages(index.capacity(), pageShift, spareCount);
        gracePeriods = GracePeriods.of(variant.reclamation(), context.maxReaders());
        spares = new SparePages(pages.firstSpare(), spareCount);
    }

    @Override
    public Reader registerReader() {
        return new SectionReader(gracePeriods.register());
    }

    @Override
    public void commit(int streamId, long attachment) {
        int position = AttachmentTable.indexOfPresent(index, streamId);
        writerLock.lock();
        try {
            if (deferred) {
                reuseElapsed();
            }
            int old = pages.replace(position, attachment, spares.take());
            spares.retire(old, gracePeriods.start());
            if (!deferred) {
                awaitOldest();
            }
        } finally {
            writerLock.unlock();
        }
    }

    private void reuseElapsed() {
        while (spares.anyRetired() && gracePeriods.elapsed(spares.oldestTicket())) {
            spares.reuseOldest();
        }
        if (!spares.anyFree()) {
            awaitOldest();
        }
    }

    private void awaitOldest() {
        listener.onGracePeriodBegin();
        for (int round = 0; !gracePeriods.elapsed(spares.oldestTicket()); round++) {
            Backoff.pause(round);
        }
        listener.onGracePeriodEnd();
        spares.reuseOldest();
        waited.setOpaque(waited.getPlain() + 1);
    }

    @Override
    public void synchronize() {
        if (!deferred) {
            return;
        }
        long ticket;
        writerLock.lock();
        try {
            ticket = gracePeriods.start();
            waited.setOpaque(waited.getPlain() + 1);
        } finally {
            writerLock.unlock();
        }
        // Not under the lock: attaches go on while a destroy waits.
        for (int round = 0; !elapsed(ticket); round++) {
            Backoff.pause(round);
        }
    }

    private boolean elapsed(long ticket) {
        writerLock.lock();
        try {
            return gracePeriods.elapsed(ticket);
        } finally {
            writerLock.unlock();
        }
    }

    @Override
    public GuardStatistics statistics() {
        writerLock.lock();
        try {
            return new GuardStatistics(0, 0, 0, waited.getPlain(), deferred ? spares.peak() * pages.pageBytes() : 0,
                pages.lengthBytes() + gracePeriods.lengthBytes());
        } finally {
            writerLock.unlock();
        }
    }

    @Override
    public void close() {
        pages.free();
    }

    private final class SectionReader implements Reader {
        private final int slot;

        SectionReader(int slot) {
            this.slot = slot;
        }

        @Override
        public long translate(int streamId) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return Attachment.UNKNOWN_STREAM;
            }
            gracePeriods.enter(slot);
            try {
                return pages.snapshot(position);
            } finally {
                gracePeriods.exit(slot);
            }
        }

        @Override
        public int report(int streamId, ReportSink sink) {
            int position = index.indexOf(streamId);
            if (position == StreamIndex.ABSENT) {
                return ReportSink.UNKNOWN_STREAM;
            }
            gracePeriods.enter(slot);
            try {
                return Section.deliver(pages.load(position), sink);
            } finally {
                gracePeriods.exit(slot);
            }
        }

        @Override
        public void quiesce() {
            gracePeriods.quiesce(slot);
        }

        @Override
        public void close() {
            gracePeriods.deregister(slot);
        }
    }
}
