package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;

/**
 * {@link RcuGuard} with pages of 64 records, 4 KiB: a directory that stays in the nearest cache, and an attach that
 * copies one page of the size that an allocator likes.
 */
final class RcuPage {
    static final StrategyInfo INFO = StrategyInfo.named("rcu-page")
        .family(StrategyInfo.Family.RCU)
        .title("copy-on-write pages of 64 records, grace period")
        .source("McKenney & Slingwine 1998, Read-Copy Update; Fraser 2004, ch. 5 (epochs)")
        .kernelPrimitive("SRCU with synchronize_srcu() in attach; deferred: call_srcu()")
        .context("readers anywhere and may sleep; attach waits for all readers")
        .usage(Usage.WAITS_FOR_READERS)
        .readerWrites("ebr, srcu: its own slot, twice (1 or 2 fences); qsbr: nothing per event")
        .writerWrites("a page of 64 records, the directory entry, the epoch")
        .notModelled("grace periods of a kernel take milliseconds (tick, idle CPUs); these end when the reader leaves")
        .variedBy(Dimension.RECLAMATION, Dimension.ATTACH)
        .build();

    private static final int PAGE_SHIFT = 6;
    private static final int DEFERRED_SPARES = 64;

    private RcuPage() {
    }

    static AttachmentGuard create(GuardContext context, Variant variant) {
        return variant.reclamation() == Reclamation.GC
            ? new RcuHeapGuard(context, PAGE_SHIFT)
            : new RcuGuard(context, variant, PAGE_SHIFT, DEFERRED_SPARES);
    }
}
