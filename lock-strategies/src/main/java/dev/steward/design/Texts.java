package dev.steward.design;

import static dev.steward.design.Promise.FORGETS_VDEVICE;
import static dev.steward.design.Promise.ONE_LINK;
import static dev.steward.design.Promise.QUIESCENT_ATTACH;
import static dev.steward.design.Promise.REFUSES_WITHOUT_VDEVICE;
import static dev.steward.design.Promise.SLEEPS_WHERE_ALLOWED;
import static dev.steward.design.Promise.VIOMMU_ALIVE;

import dev.steward.strategy.StrategyInfo;
import dev.steward.strategy.Usage;
import java.util.Set;

/** What is said of the designs that were posted; each source stands in table 7.1 of the domain reference. */
final class Texts {
    private static final Set<Promise> MERGED =
        Set.of(QUIESCENT_ATTACH, VIOMMU_ALIVE, ONE_LINK, SLEEPS_WHERE_ALLOWED, REFUSES_WITHOUT_VDEVICE);
    private static final Set<Promise> DEFERRED =
        Set.of(VIOMMU_ALIVE, ONE_LINK, SLEEPS_WHERE_ALLOWED, REFUSES_WITHOUT_VDEVICE);
    private static final String TREE = "search tree by StreamID, under the streams lock";
    private static final String STORED = "; virtual StreamID stored at attach";
    private static final String COMMON_LIMITS =
        "no spinning on the owner; one master per StreamID; MMIO and interrupts";

    static final DesignInfo V1_VDEV_OPS = new DesignInfo(
        base("v1-vdev-ops", StrategyInfo.Family.EXCLUSIVE)
            .title("vDEVICE pointer in the master, set and cleared by ops")
            .source("part-2 v1, 27 Aug 2024, cover.1724777091, patch 04/10")
            .kernelPrimitive("struct mutex (streams_mutex), struct mutex per master")
            .context("threaded handler only; the holder may sleep")
            .usage(Usage.SLEEPING_LOCK)
            .readerWrites("two lock words, twice each")
            .writerWrites("attach: a flag; vDEVICE: the lock word of the master, twice, and a pointer")
            .quiescence(StrategyInfo.Quiescence.NEVER)
            .build(),
        new DesignPoint("27 Aug 2024, cover.1724777091 (table 7.1 a)",
            "mutex > mutex", "SMMU > master", TREE + "; the vDEVICE's own pointer and id",
            "only says whether a nested domain is installed; no lock, no wait",
            "two links decide: the vDEVICE names the vIOMMU, the attach whether it counts"),
        Set.of(VIOMMU_ALIVE, FORGETS_VDEVICE, SLEEPS_WHERE_ALLOWED));

    static final DesignInfo TABLE_RWLOCK = new DesignInfo(
        base("table-rwlock", StrategyInfo.Family.SHARED)
            .title("one rwlock over the table, id looked up by the core")
            .source("reply of 5 Sep 2024, 20240905180119.GY1358970")
            .kernelPrimitive("rwlock_t (qrwlock)")
            .context("any context; the holder must not sleep, but the report takes an rwsem")
            .usage(Usage.SPINNING_LOCK)
            .readerWrites("the shared lock word, twice; the spinlock of the vDEVICEs, twice")
            .writerWrites("the shared lock word, twice; a vmaster and its pointer")
            .build(),
        new DesignPoint("5 Sep 2024, 20240905180119.GY1358970 (table 7.1 b)",
            "rwlock", "stream table", "position in the stream table; scan of the vDEVICEs for each event",
            "write lock around the change of the vIOMMU; no scan",
            "no tree, no second look-up, no stored id; report inside a spinning lock"),
        Set.of(QUIESCENT_ATTACH, VIOMMU_ALIVE, ONE_LINK, FORGETS_VDEVICE));

    static final DesignInfo DRAFT_RWSEM_LOOKUP = new DesignInfo(
        base("draft-rwsem-lookup", StrategyInfo.Family.SHARED)
            .title("rwsem per master, scan of the vDEVICEs at each event")
            .source("draft of 23 Oct 2024, ZxikJwzq8rLPgtmS; reply 20241023165905.GI864191")
            .kernelPrimitive("struct mutex, struct rw_semaphore per master, xa_lock")
            .context("threaded handler only; the report runs under the spinlock xa_lock")
            .usage(new Usage(false, false, false))
            .readerWrites("three lock words, twice each")
            .writerWrites("the rwsem of the master, a vmaster and its pointer; nothing if the vIOMMU stays")
            .build(),
        new DesignPoint("23 Oct 2024, ZxikJwzq8rLPgtmS (table 7.1 c)",
            "mutex > rwsem > spinlock of the vDEVICEs", "SMMU > master > vIOMMU",
            TREE + "; scan of the vDEVICEs for each event, its spinlock kept over the report",
            "rwsem write around the change; none if the vIOMMU stays the same; no scan",
            "event cost grows with the vDEVICEs of the VM; a destroyed vDEVICE is felt at once"),
        Set.of(QUIESCENT_ATTACH, VIOMMU_ALIVE, ONE_LINK, FORGETS_VDEVICE));

    static final DesignInfo VMASTER_RWSEM = new DesignInfo(
        base("vmaster-rwsem", StrategyInfo.Family.SHARED)
            .title("rwsem per master over a cached vmaster (part-3 v2 to v6)")
            .source("part-3 v2, 3 Dec 2024, cover.1733263737, to v6, cover.1737754129")
            .kernelPrimitive("struct mutex (streams_mutex), struct rw_semaphore per master")
            .context("threaded handler only; the holder may sleep")
            .usage(Usage.SLEEPING_LOCK)
            .readerWrites("two lock words, twice each")
            .writerWrites("the rwsem of the master, a vmaster and its pointer; nothing if nothing changes")
            .build(),
        new DesignPoint("3 Dec 2024 to 24 Jan 2025, cover.1733263737 (table 7.1 d)",
            "mutex > rwsem", "SMMU > master", TREE + STORED,
            "scan, STE, then compare; rwsem write around the exchange unless equal",
            "attaches of other masters do not wait for an event; a lock in a lock, memory per master"),
        MERGED);

    static final DesignInfo STREAMS_MUTEX = new DesignInfo(
        base("streams-mutex", StrategyInfo.Family.EXCLUSIVE)
            .title("streams_mutex over look-up and report (merged, v6.15)")
            .source("part-3 v7, 22 Feb 2025, cover.1740238876; v9, cover.1741719725")
            .kernelPrimitive("struct mutex (streams_mutex)")
            .context("threaded handler only; the holder may sleep")
            .usage(Usage.SLEEPING_LOCK)
            .readerWrites("the lock word, four times; the reference of a device, twice")
            .writerWrites("the lock word, twice; a vmaster and its pointer")
            .build(),
        new DesignPoint("22 Feb to 11 Mar 2025, cover.1740238876 (table 7.1 e)",
            "mutex", "SMMU", TREE + ", twice for each event" + STORED,
            "scan, STE, then mutex around the exchange",
            "the merged one: what all others are compared with"),
        MERGED);

    static final DesignInfo STREAMS_RWSEM = new DesignInfo(
        base("streams-rwsem", StrategyInfo.Family.SHARED)
            .title("streams_rwsem in place of streams_mutex (rejected)")
            .source("18 Feb 2025, Z7TZP3jXlRzweFE8; rejected in 20250218190846.GA4183890")
            .kernelPrimitive("struct rw_semaphore")
            .context("threaded handler only; the holder may sleep")
            .usage(Usage.SLEEPING_LOCK)
            .readerWrites("the shared word, four times; the reference of a device, twice")
            .writerWrites("the rwsem, a vmaster and its pointer")
            .build(),
        new DesignPoint("18 Feb 2025, Z7TZP3jXlRzweFE8 (table 7.1 f)",
            "rwsem", "SMMU", TREE + ", twice for each event" + STORED,
            "scan, STE, then write lock around the exchange",
            "several event sources of one SMMU would not exclude each other"),
        MERGED);

    static final DesignInfo RCU_SYNC = new DesignInfo(
        rcu("rcu-sync")
            .title("RCU-freed vmaster, attach waits for a grace period")
            .kernelPrimitive("SRCU, synchronize_srcu()")
            .context("readers may sleep; attach waits for all readers")
            .usage(Usage.WAITS_FOR_READERS)
            .readerWrites("its own slot, four times, with fences")
            .writerWrites("a vmaster and its pointer; waits for a grace period")
            .build(),
        rcuPoint("sleepable read section over look-up and report",
            "publish, wait for a grace period, free",
            "an event writes nothing shared; an attach waits for all readers"),
        MERGED);

    static final DesignInfo RCU_DEFERRED = new DesignInfo(
        rcu("rcu-deferred")
            .title("RCU-freed vmaster, freed later; destroy waits")
            .kernelPrimitive("SRCU, call_srcu(); synchronize_srcu() when a vIOMMU is destroyed")
            .context("readers may sleep; the destroy of a vIOMMU waits for all readers")
            .usage(new Usage(true, true, false))
            .readerWrites("its own slot, four times, with fences")
            .writerWrites("a vmaster and its pointer; a list of those to be freed")
            .quiescence(StrategyInfo.Quiescence.AT_DESTROY)
            .build(),
        rcuPoint("sleepable read section over look-up and report",
            "publish and return; the destroy of a vIOMMU waits",
            "an attach waits for nobody; events may reach the old vIOMMU until it is destroyed"),
        DEFERRED);

    static final DesignInfo RCU_REFERENCE = new DesignInfo(
        rcu("rcu-reference")
            .title("RCU look-up, reference on the vIOMMU, report outside")
            .kernelPrimitive("rcu_read_lock(), refcount_inc_not_zero(), kfree_rcu()")
            .context("the section must not sleep, the report may; the destroy of a vIOMMU waits")
            .usage(new Usage(true, true, false))
            .readerWrites("its own slot, four times, with fences; the count of the vIOMMU, twice")
            .writerWrites("a vmaster and its pointer; a list of those to be freed; the count of a vIOMMU")
            .quiescence(StrategyInfo.Quiescence.AT_DESTROY)
            .build(),
        rcuPoint("read section over look-up and copy; reference over the report",
            "publish and return; the destroy of a vIOMMU waits for the last reference",
            "plain RCU is enough; all events of a vIOMMU write its count"),
        DEFERRED);

    private Texts() {
    }

    private static StrategyInfo.Builder base(String name, StrategyInfo.Family family) {
        return StrategyInfo.named(name).family(family).notModelled(COMMON_LIMITS).behindPointer().allocates();
    }

    private static StrategyInfo.Builder rcu(String name) {
        return base(name, StrategyInfo.Family.RCU)
            .source("never posted here; as the invalidation arrays, 13 Aug 2025, cover.1755131672")
            .notModelled("grace periods of a kernel take tens of milliseconds; these end when the reader leaves");
    }

    private static DesignPoint rcuPoint(String lookUp, String attach, String differs) {
        return new DesignPoint("never posted for this path; analogue of 13 Aug 2025, cover.1755131672 (table 7.1 g)",
            "RCU", "SMMU", "position in the stream table, twice for each event, " + lookUp + STORED, attach, differs);
    }

    /** The merged design with another lock in the place of its mutex. */
    static DesignInfo streams(String name, StrategyInfo lock, String differs) {
        return new DesignInfo(
            lock.toBuilder().renamed(name)
                .title("merged design with " + lock.name() + " for streams_mutex")
                .behindPointer().allocates().variedBy()
                .build(),
            new DesignPoint("nobody (domain reference 7.5 i)", lock.name(), "SMMU",
                TREE + ", twice for each event" + STORED,
                "scan, STE, then write lock around the exchange", differs),
            MERGED);
    }

    /** A strategy under the name of a design point: its look-up by position is part of the point. */
    static DesignInfo alias(String name, StrategyInfo strategy, String point, String attach, String differs) {
        return new DesignInfo(
            strategy.toBuilder().renamed(name)
                .title("the strategy " + strategy.name() + " as a design (7.5 " + point + ")").variedBy().build(),
            new DesignPoint("nobody (domain reference 7.5 " + point + "); the strategy " + strategy.name(),
                strategy.name(), "SMMU", "position in the stream table; record in place or behind a number" + STORED,
                attach, differs),
            MERGED);
    }
}
