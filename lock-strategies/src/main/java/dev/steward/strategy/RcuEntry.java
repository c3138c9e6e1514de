package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;

/**
 * {@link RcuGuard} with pages of one record: what the driver would do with an RCU-freed vmaster. The smallest copy,
 * paid for by every reader with a load that the others depend on.
 */
final class RcuEntry {
    static final StrategyInfo INFO = StrategyInfo.named("rcu-entry")
        .family(StrategyInfo.Family.RCU)
        .title("copy-on-write of one record behind a pointer, grace period")
        .source("McKenney & Slingwine 1998, Read-Copy Update; Fraser 2004, ch. 5 (epochs)")
        .kernelPrimitive("rcu_dereference() of the vmaster; kfree_rcu() or synchronize_srcu()")
        .context("readers anywhere and may sleep; attach waits for all readers")
        .usage(Usage.WAITS_FOR_READERS)
        .readerWrites("ebr, srcu: its own slot, twice (1 or 2 fences); qsbr: nothing per event")
        .writerWrites("a fresh record, its pointer, the epoch")
        .notModelled("grace periods of a kernel take milliseconds (tick, idle CPUs); these end when the reader leaves")
        .behindPointer()
        .variedBy(Dimension.RECLAMATION, Dimension.ATTACH)
        .build();

    private static final int DEFERRED_SPARES = 1024;

    private RcuEntry() {
    }

    static AttachmentGuard create(GuardContext context, Variant variant) {
        return variant.reclamation() == Reclamation.GC
            ? new RcuHeapGuard(context, 0)
            : new RcuGuard(context, variant, 0, DEFERRED_SPARES);
    }
}
