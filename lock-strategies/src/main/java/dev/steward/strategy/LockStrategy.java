package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import java.util.function.Function;

/**
 * The only list of contestants: factory, command-line value, test source and order of every table.
 *
 * <p>A new strategy is one new file and one line here.
 */
public enum LockStrategy implements Contestant {
    /** One mutex per SMMU, the merged driver's choice. */
    MUTEX(MutexGuard.INFO, MutexGuard::new),
    /** One reader-writer lock per SMMU, the proposal that started the debate. */
    RWLOCK(RwLockGuard.INFO, RwLockGuard::new),
    /** Optimistic read, report slot, validate, fall back to the read lock. */
    STAMPED(StampedGuard.INFO, StampedGuard::new),
    /** Copy-on-write pages, published by pointer, reused after a grace period. */
    RCU_COW(RcuCowGuard.INFO, RcuCowGuard::new),
    /** No exclusion at all: the floor of the cost and the proof that the oracles see. */
    UNGUARDED(UnguardedGuard.INFO, UnguardedGuard::new);

    private final StrategyInfo info;
    private final Function<GuardContext, AttachmentGuard> factory;

    LockStrategy(StrategyInfo info, Function<GuardContext, AttachmentGuard> factory) {
        this.info = info;
        this.factory = factory;
    }

    @Override
    public StrategyInfo info() {
        return info;
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return factory.apply(context);
    }
}
