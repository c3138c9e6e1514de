package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;

/**
 * The only list of contestants: factory, command-line value, test source and order of every table.
 *
 * <p>A new strategy is one new file and one line here.
 */
public enum LockStrategy implements Contestant {
    /** One mutex, the merged driver's choice. */
    MUTEX(MutexLock.INFO, locks(readers -> new MutexLock())),
    /** One reader-writer lock, the proposal that started the debate. */
    RWLOCK(RwLock.INFO, locks(readers -> new RwLock())),
    /** Optimistic read, report slot, validate, fall back to the read lock. */
    STAMPED(StampedGuard.INFO, (context, variant) -> new StampedGuard(context)),
    /** Copy-on-write pages, published by pointer, reused after a grace period. */
    RCU_PAGE(RcuPageGuard.INFO, (context, variant) -> new RcuPageGuard(context)),
    /** No exclusion at all: the floor of the cost and the proof that the oracles see. */
    UNGUARDED(UnguardedGuard.INFO, (context, variant) -> new UnguardedGuard(context));

    private final StrategyInfo info;
    private final Factory factory;

    LockStrategy(StrategyInfo info, Factory factory) {
        this.info = info;
        this.factory = factory;
    }

    private static Factory locks(SectionLock.Factory locks) {
        return (context, variant) -> new SectionLockGuard(context, variant.scope(), locks);
    }

    @Override
    public StrategyInfo info() {
        return info;
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return factory.create(context, Variant.DEFAULT);
    }

    @Override
    public Contestant variant(String values) {
        String name = info.name() + ":" + values;
        Variant variant = Variant.parse(name, values, info.dimensions());
        StrategyInfo varied = variant.describe(info);
        return new Contestant() {
            @Override
            public StrategyInfo info() {
                return varied;
            }

            @Override
            public AttachmentGuard create(GuardContext context) {
                return factory.create(context, variant);
            }
        };
    }

    /** Makes a guard of one design in any of its variants. */
    private interface Factory {
        AttachmentGuard create(GuardContext context, Variant variant);
    }
}
