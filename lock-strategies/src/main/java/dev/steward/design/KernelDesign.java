package dev.steward.design;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.StrategyInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The only list of designs: the kernel's own in the order of their days, then the points of the space that nobody
 * posted.
 *
 * <p>A new design is one line here, and a file if it needs a mechanism that is not there yet.
 */
public enum KernelDesign implements Strategy {
    /** a: ops that set and clear a pointer. */
    V1_VDEV_OPS(Texts.V1_VDEV_OPS, LookUps.ONE, VdevOpsGuard::new),
    /** b: the proposal that started the debate. */
    TABLE_RWLOCK(Texts.TABLE_RWLOCK, LookUps.ONLY_ONE, parts -> new TableGuard(parts, LockStrategy.RWLOCK_SPIN)),
    /** c: a look-up in the core for each event. */
    DRAFT_RWSEM_LOOKUP(Texts.DRAFT_RWSEM_LOOKUP, LookUps.ONE,
        parts -> new MasterLockGuard(parts, LockStrategy.RWSEM, true)),
    /** d: a lock in a lock. */
    VMASTER_RWSEM(Texts.VMASTER_RWSEM, LookUps.ONE, parts -> new MasterLockGuard(parts, LockStrategy.RWSEM, false)),
    /** e: what was merged. */
    STREAMS_MUTEX(Texts.STREAMS_MUTEX, LookUps.TWO, parts -> new StreamsGuard(parts, LockStrategy.MUTEX)),
    /** f: shared reading. */
    STREAMS_RWSEM(Texts.STREAMS_RWSEM, LookUps.TWO, parts -> new StreamsGuard(parts, LockStrategy.RWSEM)),
    /** g: an attach that waits. */
    RCU_SYNC(Texts.RCU_SYNC, LookUps.TWO, parts -> new RcuSectionGuard(parts, false)),
    /** g: a destroy that waits. */
    RCU_DEFERRED(Texts.RCU_DEFERRED, LookUps.TWO, parts -> new RcuSectionGuard(parts, true)),
    /** g: an event that counts. */
    RCU_REFERENCE(Texts.RCU_REFERENCE, LookUps.TWO, RcuReferenceGuard::new),
    /** h: optimistic read. */
    STE_SEQLOCK(Texts.alias("ste-seqlock", LockStrategy.SEQLOCK_STE.info(), "h",
        "sequence around the record; waits for references on the old one",
        "an event reads, validates, takes a reference of its stream"), LockStrategy.SEQLOCK_STE),
    /** i: a word per reader. */
    STREAMS_PERCPU(Texts.streams("streams-percpu", LockStrategy.PERCPU_RWSEM.info(),
        "an event writes its own word only; an attach pays"), LookUps.TWO,
        parts -> new StreamsGuard(parts, LockStrategy.PERCPU_RWSEM)),
    /** i: the same by bias. */
    STREAMS_BRAVO(Texts.streams("streams-bravo", LockStrategy.BRAVO.info(),
        "as streams-percpu, until attaches take the bias away"), LookUps.TWO,
        parts -> new StreamsGuard(parts, LockStrategy.BRAVO)),
    /** j: the slot of the one reader. */
    STE_HAZARD_SLOT(Texts.alias("ste-hazard-slot", LockStrategy.HAZARD_SLOT.info(), "j",
        "publish, then wait while the handler's slot names the old record",
        "uses that an SMMU has one reader"), LockStrategy.HAZARD_SLOT),
    /** k: the flag of the one reader. */
    STE_REPORT_EPOCH(Texts.alias("ste-report-epoch", LockStrategy.REPORT_EPOCH.info(), "k",
        "publish, then wait if a report is under way that began before",
        "uses that an SMMU has one reader"), LockStrategy.REPORT_EPOCH),
    /** l: delegation. */
    STE_HAND_OVER(Texts.alias("ste-hand-over", LockStrategy.HAND_OVER.info(), "l",
        "posts the change to the handler and waits for its acknowledgement",
        "the handler is the only one that ever writes what it reads"), LockStrategy.HAND_OVER),
    /** m: records that do not change. */
    STE_RECORDS(Texts.alias("ste-records", LockStrategy.RCU_ENTRY.info(), "m",
        "fills a record, publishes its number, waits for a grace period",
        "the entry holds a number and no pointer"), LockStrategy.RCU_ENTRY);

    private final DesignInfo info;
    private final LookUps lookUps;
    private final DesignFactory factory;

    KernelDesign(DesignInfo info, LookUps lookUps, DesignFactory factory) {
        this.info = info;
        this.lookUps = lookUps;
        this.factory = factory;
    }

    KernelDesign(DesignInfo info, LockStrategy strategy) {
        this(info, LookUps.ONLY_ONE, parts -> strategy.create(parts.context()));
    }

    /**
     * The design of a strategy.
     *
     * @param strategy any, maybe a variant.
     * @return the design, or empty for a strategy.
     */
    public static Optional<KernelDesign> of(Strategy strategy) {
        String name = strategy.info().name();
        return Stream.of(values())
            .filter(design -> name.equals(design.info().name()) || name.startsWith(design.info().name() + ":"))
            .findFirst();
    }

    /**
     * Where it stands in the space of designs.
     *
     * @return in words.
     */
    public DesignPoint point() {
        return info.point();
    }

    /**
     * What it promises.
     *
     * @return immutable; what is not in it, it does not keep.
     */
    public Set<Promise> promises() {
        return info.promises();
    }

    /**
     * What may stand after the colon of its name.
     *
     * @return values that {@link #variant(String)} takes, maybe none.
     */
    public List<String> variants() {
        return DesignVariant.allowed(this, lookUps).stream()
            .filter(value -> variant(value) != this).toList();
    }

    /**
     * Tells whether one lock can serve several SMMUs: readers of two SMMUs have the same numbers, so a lock that keeps
     * something per reader cannot.
     */
    boolean canShareStreamsLock() {
        return switch (this) {
            case V1_VDEV_OPS, TABLE_RWLOCK, DRAFT_RWSEM_LOOKUP, VMASTER_RWSEM, STREAMS_MUTEX, STREAMS_RWSEM,
                STREAMS_BRAVO -> true;
            default -> false;
        };
    }

    @Override
    public StrategyInfo info() {
        return info.info();
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return create(context, LockSupply.PLAIN);
    }

    AttachmentGuard create(GuardContext context, LockSupply locks) {
        return factory.create(new DesignParts(context, locks, lookUps.twoByDefault()));
    }

    /** The guard of a design or of a variant with locks from somewhere else. */
    static AttachmentGuard create(Strategy strategy, GuardContext context, LockSupply locks) {
        return strategy instanceof DesignVariant variant
            ? variant.create(context, locks)
            : ((KernelDesign) strategy).create(context, locks);
    }

    @Override
    public Strategy variant(String values) {
        return DesignVariant.of(this, lookUps, factory, values);
    }

    /** Makes the guard of a design from its parts. */
    @FunctionalInterface
    interface DesignFactory {
        /**
         * Makes a guard.
         *
         * @param parts what it is built from.
         * @return in which every stream is unknown.
         */
        AttachmentGuard create(DesignParts parts);
    }
}
