package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;

/**
 * {@link RcuGuard} with one page for all records: the plainest form, whose attach copies the whole table. For small
 * tables only: it refuses more than {@value #MAX_CAPACITY} positions.
 */
final class RcuTable {
    static final StrategyInfo INFO = StrategyInfo.named("rcu-table")
        .family(StrategyInfo.Family.RCU)
        .title("copy-on-write of the whole (small) table, grace period")
        .source("McKenney & Slingwine 1998, Read-Copy Update; Fraser 2004, ch. 5 (epochs)")
        .kernelPrimitive("rcu_assign_pointer() of a whole array, as of the invalidation array")
        .context("readers anywhere and may sleep; attach waits for all readers")
        .usage(Usage.WAITS_FOR_READERS)
        .readerWrites("ebr, srcu: its own slot, twice (1 or 2 fences); qsbr: nothing per event")
        .writerWrites("a copy of all records, the pointer, the epoch")
        .notModelled("grace periods of a kernel take milliseconds (tick, idle CPUs); these end when the reader leaves")
        .variedBy(Dimension.RECLAMATION, Dimension.ATTACH)
        .build();

    static final int MAX_CAPACITY = 1 << 16;

    private static final int DEFERRED_SPARES = 4;

    private RcuTable() {
    }

    static AttachmentGuard create(GuardContext context, Variant variant) {
        int capacity = context.index().capacity();
        if (capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("rcu-table copies the whole table in each attach: " + capacity
                + " streams are too many, at most " + MAX_CAPACITY);
        }
        int pageShift = Integer.SIZE - Integer.numberOfLeadingZeros(capacity - 1);
        return variant.reclamation() == Reclamation.GC
            ? new RcuHeapGuard(context, pageShift)
            : new RcuGuard(context, variant, pageShift, DEFERRED_SPARES);
    }
}
