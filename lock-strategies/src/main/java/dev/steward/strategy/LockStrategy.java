package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;

/**
 * The only list of strategies: factory, command-line value, test source and order of every table.
 *
 * <p>A new strategy is one new file and one line here.
 */
public enum LockStrategy implements Strategy {
    /** One mutex, the merged driver's choice. */
    MUTEX(MutexLock.INFO, locks(readers -> new MutexLock())),
    /** A Java monitor. */
    MONITOR(MonitorGuard.INFO, (context, variant) -> new MonitorGuard(context, variant.scope())),
    /** Fair spinlock on one word. */
    TICKET(TicketLock.INFO, locks(readers -> new TicketLock())),
    /** Fair spinlock with a queue of nodes. */
    MCS(McsLock.INFO, locks(readers -> new McsLock())),
    /** One reader-writer lock, the proposal that started the debate. */
    RWLOCK(RwLock.INFO, locks(readers -> new RwLock())),
    /** The same, served in order of arrival. */
    RWLOCK_FAIR(FairRwLock.INFO, locks(readers -> FairRwLock.create())),
    /** Spinning and queued, as the kernel's. */
    RWLOCK_SPIN(QueuedRwLock.INFO, locks(readers -> new QueuedRwLock())),
    /** Sleeping, writers first. */
    RWSEM(RwSemaphore.INFO, locks(readers -> new RwSemaphore())),
    /** A word per reader, writers pay. */
    PERCPU_RWSEM(PercpuRwSemaphore.INFO, locks(PercpuRwSemaphore::new)),
    /** Bias for readers over a reader-writer lock. */
    BRAVO(BravoLock.INFO, locks(readers -> new BravoLock())),
    /** Readers and writers by turns. */
    PHASE_FAIR(PhaseFairLock.INFO, locks(readers -> new PhaseFairLock())),
    /** StampedLock without its optimism. */
    STAMPED_RW(StampedRwLock.INFO, locks(readers -> new StampedRwLock())),
    /** Optimistic read, validate, reference; falls back to the read lock. */
    STAMPED(StampedGuard.INFO, (context, variant) -> new StampedGuard(context)),
    /** Sequence lock beside the table. */
    SEQLOCK(SeqlockGuard.INFO, (context, variant) -> new SeqlockGuard(context, variant.scope())),
    /** Sequence lock in each entry. */
    SEQLOCK_STE(SeqlockSteGuard.INFO, (context, variant) -> new SeqlockSteGuard(context)),
    /** Copy-on-write of everything. */
    RCU_TABLE(RcuTable.INFO, RcuTable::create),
    /** Copy-on-write of a page. */
    RCU_PAGE(RcuPage.INFO, RcuPage::create),
    /** Copy-on-write of one record. */
    RCU_ENTRY(RcuEntry.INFO, RcuEntry::create),
    /** Hazard pointer of the one handler. */
    HAZARD_SLOT(HazardSlotGuard.INFO, (context, variant) -> new HazardSlotGuard(context)),
    /** Flag of the one handler. */
    REPORT_EPOCH(ReportEpochGuard.INFO, (context, variant) -> new ReportEpochGuard(context)),
    /** The handler makes the change itself. */
    HAND_OVER(HandOverGuard.INFO, (context, variant) -> new HandOverGuard(context)),
    /** A reference per event. */
    REFCOUNT(RefcountGuard.INFO, (context, variant) -> new RefcountGuard(context)),
    /** Two tables. */
    LEFT_RIGHT(LeftRightGuard.INFO, (context, variant) -> new LeftRightGuard(context)),
    /** No exclusion at all: the floor of the cost and the proof that the oracles see. */
    UNGUARDED(UnguardedGuard.INFO, (context, variant) -> new UnguardedGuard(context)),
    /** The same behind a pointer. */
    UNGUARDED_POINTER(UnguardedPointerGuard.INFO, (context, variant) -> new UnguardedPointerGuard(context));

    private final StrategyInfo info;
    private final Factory factory;

    LockStrategy(StrategyInfo info, Factory factory) {
        this.info = info;
        this.factory = factory;
    }

    private static Factory locks(SectionLock.Factory locks) {
        return new LockedFactory(locks);
    }

    /**
     * The lock of a lock-shaped strategy, for whoever builds another guard around it.
     *
     * @return makes locks.
     * @throws IllegalStateException if this strategy is no lock.
     */
    public SectionLock.Factory sectionLock() {
        if (factory instanceof LockedFactory locked) {
            return locked.locks;
        }
        throw new IllegalStateException("'" + info.name() + "' is no lock");
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
    public Strategy variant(String values) {
        String name = info.name() + ":" + values;
        Variant variant = Variant.parse(name, values, info.dimensions());
        StrategyInfo varied = variant.describe(info);
        return new Strategy() {
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

    /**
     * Stands a lock before the records.
     *
     * @param locks makes it.
     */
    private record LockedFactory(SectionLock.Factory locks) implements Factory {
        @Override
        public AttachmentGuard create(GuardContext context, Variant variant) {
            return new SectionLockGuard(context, variant.scope(), locks);
        }
    }

    /** Makes a guard of one design in any of its variants. */
    private interface Factory {
        AttachmentGuard create(GuardContext context, Variant variant);
    }
}
