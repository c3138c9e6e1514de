package dev.steward.design;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.Description;
import dev.steward.strategy.EnumWord;
import dev.steward.strategy.Family;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Quiescence;
import dev.steward.strategy.Simplicity;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import dev.steward.strategy.Usage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The only list of designs: the kernel's own in the order of their days (each source stands in docs/domain.md,
 * 7.1), then the points of the space that nobody posted.
 *
 * <p>A new design is one entry here, and a file if it needs a mechanism that is not there yet. A variant that takes the
 * first of two look-ups away, by whatever name, marks a design that has two.
 */
public enum KernelDesign implements Strategy {
    @Description(
        name = "v1-vdev-ops",
        family = Family.EXCLUSIVE,
        title = "vDEVICE pointer in the master, set and cleared by ops",
        source = "part-2 v1, 27 Aug 2024, cover.1724777091, patch 04/10",
        kernelPrimitive = "struct mutex (streams_mutex), struct mutex per master",
        context = "threaded handler only; the holder may sleep",
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.MUTEX,
        readerWrites = "two lock words, twice each",
        writerWrites = "attach: a flag; vDEVICE: the lock word of the master, twice, and a pointer",
        notModelled = DesignGuard.NOT_MODELLED,
        quiescence = Quiescence.NEVER,
        floor = "unguarded-pointer",
        allocationFree = false)
    V1_VDEV_OPS(
        new DesignPoint("27 Aug 2024, cover.1724777091 (docs/domain.md, 7.1)",
            "mutex > mutex", "SMMU > master", DesignPoint.TREE + "; the vDEVICE's own pointer and id",
            "only says whether a nested domain is installed; no lock, no wait",
            "two links decide: the vDEVICE names the vIOMMU, the attach whether it counts"),
        Promise.TWO_LINKS, List.of(DesignVariant.TWO_LOOKUPS, DesignVariant.SHARED, DesignVariant.PARK,
            DesignVariant.SPIN, DesignVariant.YIELD),
        VdevOpsGuard::new),
    @Description(
        name = "table-rwlock",
        family = Family.SHARED,
        title = "one rwlock over the table, id looked up by the core",
        source = "reply of 5 Sep 2024, 20240905180119.GY1358970",
        kernelPrimitive = "rwlock_t (qrwlock)",
        context = "any context; the holder must not sleep, but the report takes an rwsem",
        usage = Usage.SPINNING_LOCK,
        simplicity = Simplicity.SPINNING_LOCK,
        readerWrites = "the shared lock word, twice; the spinlock of the vDEVICEs, twice",
        writerWrites = "the shared lock word, twice; a vmaster and its pointer",
        notModelled = DesignGuard.NOT_MODELLED,
        floor = "unguarded-pointer",
        allocationFree = false)
    TABLE_RWLOCK(
        new DesignPoint("5 Sep 2024, 20240905180119.GY1358970 (docs/domain.md, 7.1)",
            "rwlock", "stream table", "position in the stream table; scan of the vDEVICEs for each event",
            "write lock around the change of the vIOMMU; no scan",
            "no tree, no second look-up, no stored id; report inside a spinning lock"),
        Promise.SCANNING, List.of(DesignVariant.SHARED),
        parts -> new TableGuard(parts, LockStrategy.RWLOCK_SPIN)),
    @Description(
        name = "draft-rwsem-lookup",
        family = Family.SHARED,
        title = "rwsem per master, scan of the vDEVICEs at each event",
        source = "draft of 23 Oct 2024, ZxikJwzq8rLPgtmS; reply 20241023165905.GI864191",
        kernelPrimitive = "struct mutex, struct rw_semaphore per master, xa_lock",
        context = "threaded handler only; the report runs under the spinlock xa_lock",
        usage = Usage.SLEEPING_AND_SPINNING_LOCK,
        simplicity = Simplicity.READER_WRITER_SEMAPHORE,
        readerWrites = "three lock words, twice each",
        writerWrites = "the rwsem of the master, a vmaster and its pointer; nothing if the vIOMMU stays",
        notModelled = DesignGuard.NOT_MODELLED,
        floor = "unguarded-pointer",
        allocationFree = false)
    DRAFT_RWSEM_LOOKUP(
        new DesignPoint("23 Oct 2024, ZxikJwzq8rLPgtmS (docs/domain.md, 7.1)",
            "mutex > rwsem > spinlock of the vDEVICEs", "SMMU > master > vIOMMU",
            DesignPoint.TREE + "; scan of the vDEVICEs for each event, its spinlock kept over the report",
            "rwsem write around the change; none if the vIOMMU stays the same; no scan",
            "event cost grows with the vDEVICEs of the VM; a destroyed vDEVICE is felt at once"),
        Promise.SCANNING, List.of(DesignVariant.TWO_LOOKUPS, DesignVariant.SHARED, DesignVariant.WRITERS_FIRST),
        parts -> new MasterLockGuard(parts, LockStrategy.RWSEM, true)),
    @Description(
        name = "vmaster-rwsem",
        family = Family.SHARED,
        title = "rwsem per master over a cached vmaster (part-3 v3 to v6)",
        source = "part-3 v3, 17 Dec 2024, cover.1734477608, to v6, cover.1737754129; v2, cover.1733263737",
        kernelPrimitive = "struct mutex (streams_mutex), struct rw_semaphore per master",
        context = "threaded handler only; the holder may sleep",
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.READER_WRITER_SEMAPHORE,
        readerWrites = "the mutex, four times; the rwsem, twice; the reference of a device, twice",
        writerWrites = "the rwsem of the master, a vmaster and its pointer; nothing if nothing changes",
        notModelled = DesignGuard.NOT_MODELLED,
        floor = "unguarded-pointer",
        allocationFree = false)
    VMASTER_RWSEM(
        new DesignPoint("17 Dec 2024 to 24 Jan 2025, cover.1734477608 (docs/domain.md, 7.1)",
            "mutex > rwsem", "SMMU > master", DesignPoint.TREE + ", twice for each event" + DesignPoint.STORED,
            "scan, STE, then compare; rwsem write around the exchange unless equal",
            "attaches of other masters do not wait for an event; a lock in a lock, memory per master"),
        Promise.MERGED, List.of(
            DesignVariant.V2, DesignVariant.SHARED, DesignVariant.WRITERS_FIRST, DesignVariant.PARK,
            DesignVariant.SPIN, DesignVariant.YIELD),
        parts -> new MasterLockGuard(parts, LockStrategy.RWSEM, false)),
    @Description(
        name = "streams-mutex",
        family = Family.EXCLUSIVE,
        title = "streams_mutex over look-up and report (merged, v6.15)",
        source = "part-3 v7, 22 Feb 2025, cover.1740238876; v9, cover.1741719725",
        kernelPrimitive = "struct mutex (streams_mutex)",
        context = "threaded handler only; the holder may sleep",
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.MUTEX,
        readerWrites = "the lock word, four times; the reference of a device, twice",
        writerWrites = "the lock word, twice; a vmaster and its pointer",
        notModelled = DesignGuard.NOT_MODELLED,
        floor = "unguarded-pointer",
        allocationFree = false)
    STREAMS_MUTEX(
        new DesignPoint("22 Feb to 11 Mar 2025, cover.1740238876 (docs/domain.md, 7.1)",
            "mutex", "SMMU", DesignPoint.TREE + ", twice for each event" + DesignPoint.STORED,
            "scan, STE, then mutex around the exchange",
            "the merged one: what all others are compared with"),
        Promise.MERGED, List.of(DesignVariant.ONE_LOOKUP, DesignVariant.SHARED, DesignVariant.PARK,
            DesignVariant.SPIN, DesignVariant.YIELD),
        parts -> new StreamsGuard(parts, LockStrategy.MUTEX)),
    @Description(
        name = "streams-rwsem",
        family = Family.SHARED,
        title = "streams_rwsem in place of streams_mutex (rejected)",
        source = "18 Feb 2025, Z7TZP3jXlRzweFE8; rejected in 20250218190846.GA4183890",
        kernelPrimitive = "struct rw_semaphore",
        context = "threaded handler only; the holder may sleep",
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.READER_WRITER_SEMAPHORE,
        readerWrites = "the shared word, four times; the reference of a device, twice",
        writerWrites = "the rwsem, a vmaster and its pointer",
        notModelled = DesignGuard.NOT_MODELLED,
        floor = "unguarded-pointer",
        allocationFree = false)
    STREAMS_RWSEM(
        new DesignPoint("18 Feb 2025, Z7TZP3jXlRzweFE8 (docs/domain.md, 7.1)",
            "rwsem", "SMMU", DesignPoint.TREE + ", twice for each event" + DesignPoint.STORED,
            "scan, STE, then write lock around the exchange",
            "several event sources of one SMMU would not exclude each other"),
        Promise.MERGED, List.of(DesignVariant.ONE_LOOKUP, DesignVariant.SHARED,
            DesignVariant.WRITERS_FIRST, DesignVariant.PARK, DesignVariant.SPIN, DesignVariant.YIELD),
        parts -> new StreamsGuard(parts, LockStrategy.RWSEM)),
    @Description(
        name = "rcu-sync",
        family = Family.RCU,
        title = "RCU-freed vmaster, attach waits for a grace period",
        source = VmasterRcuGuard.SOURCE,
        kernelPrimitive = "classic SRCU: srcu_read_lock(), synchronize_srcu()",
        context = "readers may sleep; attach waits for all readers",
        usage = Usage.WAITS_FOR_GRACE_PERIOD,
        simplicity = Simplicity.RCU,
        readerWrites = "its own slot, four times, with a full fence each",
        writerWrites = "a vmaster and its pointer; waits for a grace period",
        notModelled = VmasterRcuGuard.NOT_MODELLED,
        floor = "unguarded-pointer",
        allocationFree = false)
    RCU_SYNC(
        DesignPoint.rcu("sleepable read section over look-up and report",
            "publish, wait for a grace period, free",
            "an event writes nothing shared; an attach waits for all readers"),
        Promise.MERGED, List.of(DesignVariant.ONE_LOOKUP),
        parts -> new RcuSectionGuard(parts, false)),
    @Description(
        name = "rcu-deferred",
        family = Family.RCU,
        title = "RCU-freed vmaster, freed later; destroy waits",
        source = VmasterRcuGuard.SOURCE,
        kernelPrimitive = "classic SRCU: call_srcu(); synchronize_srcu() when a vIOMMU is destroyed",
        context = "readers may sleep; the destroy of a vIOMMU waits for all readers",
        usage = Usage.WAITS_FOR_NOBODY,
        simplicity = Simplicity.RCU,
        readerWrites = "its own slot, four times, with a full fence each",
        writerWrites = "a vmaster and its pointer; a list of those to be freed",
        notModelled = VmasterRcuGuard.NOT_MODELLED,
        quiescence = Quiescence.AT_DESTROY,
        floor = "unguarded-pointer",
        allocationFree = false)
    RCU_DEFERRED(
        DesignPoint.rcu("sleepable read section over look-up and report",
            "publish and return; the destroy of a vIOMMU waits",
            "an attach waits for nobody; events may reach the old vIOMMU until it is destroyed"),
        Promise.DEFERRED, List.of(DesignVariant.ONE_LOOKUP),
        parts -> new RcuSectionGuard(parts, true)),
    @Description(
        name = "rcu-reference",
        family = Family.RCU,
        title = "RCU look-up, reference on the vIOMMU, report outside",
        source = VmasterRcuGuard.SOURCE,
        kernelPrimitive = "rcu_read_lock(), refcount_inc_not_zero(), kfree_rcu()",
        context = "the section must not sleep, the report may; the destroy of a vIOMMU waits",
        usage = Usage.WAITS_FOR_NOBODY,
        simplicity = Simplicity.RCU,
        readerWrites = "its own slot, four times (no fence with membarrier); the count of the vIOMMU, twice",
        writerWrites = "a vmaster and its pointer; a list of those to be freed; the count of a vIOMMU",
        notModelled = VmasterRcuGuard.NOT_MODELLED,
        quiescence = Quiescence.AT_DESTROY,
        floor = "unguarded-pointer",
        allocationFree = false)
    RCU_REFERENCE(
        DesignPoint.rcu("read section over look-up and copy; reference over the report",
            "publish and return; the destroy of a vIOMMU waits for the last reference",
            "plain RCU is enough; all events of a vIOMMU write its count"),
        Promise.DEFERRED, List.of(DesignVariant.ONE_LOOKUP),
        RcuReferenceGuard::new),
    @Description(
        name = "rcu-minority",
        family = Family.RCU,
        title = "RCU, and a lock for the few whose attach must wait",
        source = VmasterRcuGuard.SOURCE + ": the array's rwlock, taken if an entry needs ATS",
        kernelPrimitive = "classic SRCU: call_srcu(); struct rw_semaphore for one master of sixteen",
        context = "readers may sleep; the destroy of a vIOMMU waits for all readers",
        usage = Usage.WAITS_FOR_NOBODY,
        simplicity = Simplicity.RCU,
        readerWrites = "its own slot, four times, with a full fence each; of the few: the rwsem, twice, too",
        writerWrites = "a vmaster and its pointer; a list of those to be freed; of the few: the rwsem, twice",
        notModelled = VmasterRcuGuard.NOT_MODELLED + "; which masters have ATS: one of sixteen, by StreamID",
        quiescence = Quiescence.AT_DESTROY,
        floor = "unguarded-pointer",
        allocationFree = false)
    RCU_MINORITY(
        DesignPoint.rcu("sleepable read section over look-up and report; for the few, an rwsem read-held inside",
            "publish; for the few, take the rwsem for writing and let it go",
            "only an attach of the few waits, and only for their reports"),
        Promise.DEFERRED, List.of(DesignVariant.ONE_LOOKUP),
        RcuMinorityGuard::new),
    STE_SEQLOCK(LockStrategy.SEQLOCK_STE, 'h', "sequence around the record; waits for references on the old one",
        "an event reads, validates, takes a reference of its stream"),
    STREAMS_PERCPU(LockStrategy.PERCPU_RWSEM, List.of(DesignVariant.ONE_LOOKUP),
        "an event writes its own word only; an attach pays"),
    STREAMS_BRAVO(LockStrategy.BRAVO, List.of(DesignVariant.ONE_LOOKUP, DesignVariant.SHARED),
        "as streams-percpu, until attaches take the bias away"),
    STE_HAZARD_SLOT(LockStrategy.HAZARD_SLOT, 'j',
        "publish, then wait while the handler's slot names the old record", "uses that an SMMU has one reader"),
    STE_REPORT_EPOCH(LockStrategy.REPORT_EPOCH, 'k',
        "publish, then wait if a report is under way that began before", "uses that an SMMU has one reader"),
    STE_HAND_OVER(LockStrategy.HAND_OVER, 'l', "posts the change to the handler and waits for its acknowledgement",
        "the handler is the only one that ever writes what it reads"),
    STE_RECORDS(LockStrategy.RCU_ENTRY, 'm', "fills a record, publishes its number, waits for a grace period",
        "the entry holds a number and no pointer");

    private final StrategyDescription description;
    private final DesignPoint point;
    private final Set<Promise> promises;
    private final List<String> variants;
    private final DesignFactory factory;

    KernelDesign(DesignPoint point, Set<Promise> promises, List<String> variants, DesignFactory factory) {
        description = StrategyDescription.of(this);
        this.point = point;
        this.promises = promises;
        this.variants = variants;
        this.factory = factory;
    }

    /** The merged design with another lock in the place of its mutex. */
    KernelDesign(LockStrategy lock, List<String> variants, String differs) {
        String of = lock.description().name();
        description = lock.description().builtInto(
            EnumWord.of(this), "merged design with " + of + " for streams_mutex", "unguarded-pointer", false);
        point = new DesignPoint("nobody (docs/domain.md, 7.5 i)", of, "SMMU",
            DesignPoint.TREE + ", twice for each event" + DesignPoint.STORED,
            "scan, STE, then write lock around the exchange", differs);
        promises = Promise.MERGED;
        this.variants = variants;
        factory = parts -> new StreamsGuard(parts, lock);
    }

    /** Another name for a strategy: its look-up by position is part of the point. */
    KernelDesign(LockStrategy strategy, char letter, String attach, String differs) {
        StrategyDescription of = strategy.description();
        description = of.builtInto(EnumWord.of(this),
            "the strategy " + of.name() + " as a design", of.floor(), of.allocationFree());
        point = new DesignPoint("nobody (docs/domain.md, 7.5 " + letter + "); the strategy " + of.name(), of.name(),
            "SMMU", "position in the stream table; record in place or behind a number" + DesignPoint.STORED,
            attach, differs);
        promises = Promise.MERGED;
        variants = List.of();
        factory = parts -> strategy.create(parts.context());
    }

    /**
     * The design of a strategy.
     *
     * @param strategy any, maybe a variant.
     * @return the design, or empty for a strategy that is none.
     */
    public static Optional<KernelDesign> of(Strategy strategy) {
        String name = strategy.description().name();
        return Stream.of(values()).filter(design -> name.split(":")[0].equals(design.description.name())).findFirst();
    }

    /** Where it stands in the space of designs. */
    public DesignPoint point() {
        return point;
    }

    /** What it promises, immutable; what is not in it, it does not keep. */
    public Set<Promise> promises() {
        return promises;
    }

    /** What may stand after the colon of its name: values of {@link #variant(String)} that change something. */
    public List<String> variants() {
        return variants;
    }

    @Override
    public StrategyDescription description() {
        return description;
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return create(context, DesignParts.PLAIN);
    }

    AttachmentGuard create(GuardContext context, DesignParts.Locks locks) {
        return factory.create(new DesignParts(context, locks, DesignVariant.twoLookUps(this)));
    }

    @Override
    public Strategy variant(String values) {
        return DesignVariant.of(this, factory, values);
    }

    /** Makes the guard of a design from its parts. */
    @FunctionalInterface
    interface DesignFactory {
        AttachmentGuard create(DesignParts parts);
    }
}
