package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.smmu.ReportSink;
import dev.steward.engine.stream.Backoff;

/**
 * Readers follow a number to a page of attachments that does not change; the writer copies a page, publishes the copy,
 * and reuses the old page after a grace period (docs/domain.md, 7.1, design g). How large a page is makes the three
 * strategies of the family: all records, whose attach copies the whole table, so that tables over
 * {@value #MAX_COPIED_CAPACITY} are refused; 64 records, 4 KiB, a directory that stays in the nearest cache and a copy
 * of the size that an allocator likes; one record, which is what an RCU-freed vmaster would be: the smallest copy, paid
 * for by every reader with a load that the others depend on.
 *
 * <p>The memory is off-heap and really reused: leaning on the garbage collector would hide the cost that a driver pays.
 *
 * <p>Synchronous: a commit publishes under the writer lock, waits for its grace period without it, and gives the old
 * page back; with more commits waiting than there are spares the next waits for a page. Deferred: a commit retires the
 * old page and returns; it takes up again what has become free, and waits only if all spares are retired;
 * {@link #synchronize} waits for what was retired before it.
 */
final class PagedRcuGuard extends PositionedGuard {
    static final String SOURCE = "McKenney & Slingwine 1998, Read-Copy Update; Fraser 2004, ch. 5 (epochs)";
    /** Of the default variant, as is the next: {@link Reclamation} has the others. */
    static final String PRIMITIVE = "rcu_read_lock(), synchronize_rcu()";
    static final String CONTEXT = "readers anywhere, must not sleep; attach waits for all readers";
    static final String READER_WRITES =
        "its own slot, twice: ebr, srcu-fast without fence (membarrier), srcu with two; qsbr: nothing per event";
    static final String NOT_MODELLED =
        "a grace period is what the setting 'grace' says, for srcu too, which paces itself by jiffies, and idle srcu"
            + " is not seen while deferred memory waits; freeing later takes no time of it";

    static final int MAX_COPIED_CAPACITY = 1 << 16;

    private final AttachmentPages pages;
    private final RcuWriter writer;
    private final GracePeriods gracePeriods;
    private final GracePeriodListener listener;
    private final boolean deferred;
    private final SparePages spares;

    private PagedRcuGuard(GuardContext context, Variant variant, int pageShift, int spareCount) {
        super(context);
        deferred = variant.attach() == AttachMode.DEFERRED;
        pages = own(new AttachmentPages(index.capacity(), pageShift, spareCount));
        writer = new RcuWriter(context, variant.reclamation());
        gracePeriods = writer.gracePeriods();
        listener = context.listener();
        spares = new SparePages(pages.firstSpare(), spareCount);
    }

    /** Makes a guard of the family; so many pages may wait for readers. */
    static AttachmentGuard create(GuardContext context, Variant variant, int pageShift, int spareCount) {
        return variant.reclamation() == Reclamation.GC
            ? new RcuHeapGuard(context, pageShift) : new PagedRcuGuard(context, variant, pageShift, spareCount);
    }

    /** Page shift of one page for all records. */
    static int shiftOfWholeTable(int capacity) {
        if (capacity > MAX_COPIED_CAPACITY) {
            throw new IllegalArgumentException("rcu-table copies the whole table in each attach: " + capacity
                + " streams are too many, at most " + MAX_COPIED_CAPACITY);
        }
        return Integer.SIZE - Integer.numberOfLeadingZeros(capacity - 1);
    }

    @Override
    public Reader registerReader() {
        return new SectionReader(gracePeriods.register());
    }

    @Override
    void commitAt(int position, long attachment) {
        int old;
        writer.lock();
        try {
            old = pages.replace(position, attachment, takeSpare());
            if (deferred) {
                spares.retire(old, gracePeriods.start());
            }
        } finally {
            writer.unlock();
        }
        if (!deferred) {
            writer.awaitInCommit();
            giveBack(old);
        }
    }

    /** The lock is held, before and after. */
    private int takeSpare() {
        reuseElapsed();
        boolean waits = !deferred && !spares.anyFree();
        if (waits) {
            listener.onGracePeriodBegin();
        }
        for (int round = 0; !spares.anyFree(); round++) {
            // All are retired, or in the hands of commits that wait.
            writer.unlock();
            try {
                if (deferred) {
                    writer.awaitInCommit();
                } else {
                    Backoff.pause(round);
                }
            } finally {
                writer.lock();
            }
            reuseElapsed();
        }
        if (waits) {
            listener.onGracePeriodEnd();
        }
        return spares.take();
    }

    /** Half of them at a time: to look for readers may cost a barrier on all cores. */
    private void reuseElapsed() {
        if (spares.freeCount() <= spares.retiredCount()) {
            while (spares.retiredCount() > 0 && gracePeriods.elapsed(spares.oldestTicket())) {
                spares.reuseOldest();
            }
        }
    }

    private void giveBack(int page) {
        writer.lock();
        spares.giveBack(page);
        writer.unlock();
    }

    @Override
    public void synchronize() {
        if (deferred) {
            writer.synchronize();
        }
    }

    @Override
    public GuardStatistics statistics() {
        writer.lock();
        try {
            return new GuardStatistics(0, 0, 0, writer.waited(), deferred ? spares.peak() * pages.pageBytes() : 0,
                ownedBytes() + gracePeriods.lengthBytes());
        } finally {
            writer.unlock();
        }
    }

    private final class SectionReader extends PositionedReader {
        private final GracePeriods.Section section;
        /** One load nearer than those of the guard, for each event. */
        private final AttachmentPages ownPages = pages;

        SectionReader(GracePeriods.Section section) {
            super(index, section.number(), any -> section.close());
            this.section = section;
        }

        @Override
        long translateAt(int position) {
            GracePeriods.Section own = section;
            own.enter();
            try {
                return ownPages.snapshotOpaque(position);
            } finally {
                own.exit();
            }
        }

        @Override
        int reportAt(int position, ReportSink sink) {
            GracePeriods.Section own = section;
            own.enter();
            try {
                sink.entered();
                return Delivery.deliver(ownPages.loadOpaque(position), sink);
            } finally {
                own.exit();
            }
        }

        @Override
        public void quiesce() {
            section.quiesce();
        }
    }
}
