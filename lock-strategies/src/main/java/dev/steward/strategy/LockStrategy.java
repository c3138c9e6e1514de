package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.stream.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The only list of strategies: factory, command-line value, test source and order of every table.
 *
 * <p>A new strategy is one new file with a {@link Description} and one line here; strategies that share a file are
 * described here.
 */
public enum LockStrategy implements Strategy {
    MUTEX(MutexLock.class, waiting(Dimension.SLEEPERS, MutexLock::new)),
    PTHREAD_MUTEX(PthreadMutex.Normal.class, counting(PthreadMutex.Normal::new)
        .or(Dimension.PTHREAD_MUTEX, PthreadMutex.Adaptive.class, PthreadMutex.Adaptive::new)
        .or(Dimension.PTHREAD_MUTEX, PthreadMutex.PriorityInheriting.class, PthreadMutex.PriorityInheriting::new)),
    MONITOR(MonitorGuard.class, (context, variant) -> new MonitorGuard(context, variant.scope())),
    TICKET(TicketLock.class, waiting(Dimension.SPINNERS, TicketLock::new)),
    MCS(McsLock.class, waiting(Dimension.QUEUED, McsLock::new)),
    RWLOCK(RwLock.class, counting(counters -> new RwLock(new ReentrantReadWriteLock(), counters))),
    @Description(
        name = "rwlock-fair",
        family = Family.SHARED,
        title = "a reader-writer lock served in order of arrival",
        source = "java.util.concurrent ReentrantReadWriteLock (Lea), fair",
        kernelPrimitive = "rwlock_t in its fairness, rw_semaphore in that it sleeps",
        context = "threaded handler only; the holder may sleep",
        usage = Usage.SLEEPING_LOCK,
        simplicity = Simplicity.READER_WRITER_SEMAPHORE,
        readerWrites = "the shared lock word, twice; a thread-local hold count",
        writerWrites = "the shared lock word, twice; the record",
        notModelled = "a kernel lock that is fair spins or hands over without a switch to the next",
        variedBy = Dimension.SCOPE)
    RWLOCK_FAIR(counting(counters -> new RwLock(new ReentrantReadWriteLock(true), counters))),
    RWLOCK_SPIN(QueuedRwLock.class, waiting(Dimension.SPINNERS, QueuedRwLock::new)),
    RWSEM(RwSemaphore.class, waiting(Dimension.SLEEPERS, RwSemaphore::new)
        .or(Dimension.RWSEM, WritersFirstRwSemaphore.class, WritersFirstRwSemaphore::new)),
    PTHREAD_RWLOCK(PthreadRwLock.ReadersFirst.class, counting(PthreadRwLock.ReadersFirst::new)
        .or(Dimension.PTHREAD_RWLOCK, PthreadRwLock.WritersFirst.class, PthreadRwLock.WritersFirst::new)),
    PERCPU_RWSEM(PercpuRwSemaphore.class, locks(PercpuRwSemaphore::new)),
    BRAVO(BravoLock.class, counting(BravoLock::new)),
    PHASE_FAIR(PhaseFairLock.class, waiting(Dimension.SPINNERS, PhaseFairLock::new)),
    STAMPED_RW(StampedRwLock.class, counting(StampedRwLock::new)),
    STAMPED(StampedGuard.class, plain(StampedGuard::new)),
    @Description(
        name = "seqlock",
        family = Family.OPTIMISTIC,
        title = "sequence lock; report takes a reference unless dead",
        source = "include/linux/seqlock.h; Boehm 2012, MSPC",
        kernelPrimitive = "seqlock_t and refcount_inc_not_zero()",
        context = "readers anywhere; writers spin, and wait for reports on their stream",
        usage = Usage.WAITS_FOR_REPORT,
        simplicity = Simplicity.SEQUENCE_LOCK,
        readerWrites = SeqlockGuard.READER_WRITES,
        writerWrites = "the sequence, twice; the ticket lock; the record; a reference word",
        notModelled = SeqlockGuard.NOT_MODELLED,
        variedBy = Dimension.SCOPE)
    SEQLOCK((context, variant) -> SeqlockGuard.besideTable(context, variant.scope())),
    @Description(
        name = "seqlock-ste",
        family = Family.OPTIMISTIC,
        title = "sequence lock in each entry; report takes a reference",
        source = "include/linux/seqlock.h (seqcount_t); Boehm 2012, MSPC",
        kernelPrimitive = "seqcount_t and refcount_inc_not_zero()",
        context = "readers anywhere; attach waits for reports on its stream",
        usage = Usage.WAITS_FOR_REPORT,
        simplicity = Simplicity.SEQUENCE_LOCK,
        readerWrites = SeqlockGuard.READER_WRITES,
        writerWrites = "the sequence, twice; the record; a reference word, all on one line",
        notModelled = SeqlockGuard.NOT_MODELLED)
    SEQLOCK_STE(plain(SeqlockGuard::inRecords)),
    @Description(
        name = "rcu-table",
        family = Family.RCU,
        title = "copy-on-write of the whole (small) table, grace period",
        source = PagedRcuGuard.SOURCE,
        kernelPrimitive = PagedRcuGuard.PRIMITIVE,
        context = PagedRcuGuard.CONTEXT,
        usage = Usage.PLAIN_RCU,
        simplicity = Simplicity.COPY_ON_WRITE,
        readerWrites = PagedRcuGuard.READER_WRITES,
        writerWrites = "a copy of all records, the pointer, the epoch",
        notModelled = PagedRcuGuard.NOT_MODELLED,
        variedBy = {Dimension.RECLAMATION, Dimension.ATTACH})
    RCU_TABLE((context, variant) -> PagedRcuGuard.create(
        context, variant, PagedRcuGuard.shiftOfWholeTable(context.index().capacity()), 4)),
    @Description(
        name = "rcu-page",
        family = Family.RCU,
        title = "copy-on-write pages of 64 records, grace period",
        source = PagedRcuGuard.SOURCE,
        kernelPrimitive = PagedRcuGuard.PRIMITIVE,
        context = PagedRcuGuard.CONTEXT,
        usage = Usage.PLAIN_RCU,
        simplicity = Simplicity.COPY_ON_WRITE,
        readerWrites = PagedRcuGuard.READER_WRITES,
        writerWrites = "a page of 64 records, the directory entry, the epoch",
        notModelled = PagedRcuGuard.NOT_MODELLED,
        variedBy = {Dimension.RECLAMATION, Dimension.ATTACH})
    RCU_PAGE((context, variant) -> PagedRcuGuard.create(context, variant, 6, 64)),
    @Description(
        name = "rcu-entry",
        family = Family.RCU,
        title = "copy-on-write of one record behind a pointer, grace period",
        source = PagedRcuGuard.SOURCE,
        kernelPrimitive = PagedRcuGuard.PRIMITIVE,
        context = PagedRcuGuard.CONTEXT,
        usage = Usage.PLAIN_RCU,
        simplicity = Simplicity.RCU,
        readerWrites = PagedRcuGuard.READER_WRITES,
        writerWrites = "a fresh record, its pointer, the epoch",
        notModelled = PagedRcuGuard.NOT_MODELLED,
        floor = "unguarded-pointer",
        variedBy = {Dimension.RECLAMATION, Dimension.ATTACH})
    RCU_ENTRY((context, variant) -> PagedRcuGuard.create(context, variant, 0, 1024)),
    HAZARD_SLOT(HazardSlotGuard.class, plain(HazardSlotGuard::new)),
    REPORT_EPOCH(ReportEpochGuard.class, plain(ReportEpochGuard::new)),
    HAND_OVER(HandOverGuard.class, plain(HandOverGuard::new)),
    REFCOUNT(RefcountGuard.class, plain(RefcountGuard::new)),
    LEFT_RIGHT(LeftRightGuard.class, plain(LeftRightGuard::new)),
    @Description(
        name = "unguarded",
        family = Family.FLOOR,
        title = "no lock at all: floor of the cost, negative control",
        source = "none",
        kernelPrimitive = "none",
        context = "nowhere: it is wrong",
        readerWrites = "nothing",
        writerWrites = "the record",
        notModelled = "nothing to model",
        quiescence = Quiescence.NEVER)
    UNGUARDED(plain(context -> new UnguardedGuard(context, new AttachmentTable(context.index().capacity())))),
    @Description(
        name = "unguarded-pointer",
        family = Family.FLOOR,
        title = "no lock at all, records behind a pointer: floor of those",
        source = "none",
        kernelPrimitive = "none",
        context = "nowhere: it is wrong",
        readerWrites = "nothing",
        writerWrites = "the record",
        notModelled = "nothing to model",
        quiescence = Quiescence.NEVER,
        floor = "unguarded-pointer")
    UNGUARDED_POINTER(plain(
        context -> new UnguardedGuard(context, new AttachmentPages(context.index().capacity(), 0, 0))));

    private final StrategyDescription description;
    private final Factory factory;

    LockStrategy(Class<?> described, Factory factory) {
        description = StrategyDescription.of(described);
        this.factory = factory;
    }

    LockStrategy(Factory factory) {
        description = StrategyDescription.of(this);
        this.factory = factory;
    }

    private static LockedFactory locks(SectionLock.Factory locks) {
        return new LockedFactory((context, shapes) -> locks.create(context), List.of());
    }

    /** Locks that wait as they are made to, by whoever made them. */
    private static LockedFactory counting(Function<ContentionCounters, SectionLock> locks) {
        return locks(context -> locks.apply(context.contention()));
    }

    /** Locks whose waiters wait in one of the ways of a dimension. */
    private static LockedFactory waiting(Dimension ways, Function<LockWaits, SectionLock> locks) {
        return new LockedFactory((context, shapes) -> {
            String way = ways.words().stream().filter(shapes::contains).findFirst().orElse(ways.words().get(0));
            return locks.apply(new LockWaits(Waiting.of(way), context.contention()));
        }, List.of());
    }

    private static Factory plain(Function<GuardContext, AttachmentGuard> guards) {
        return (context, variant) -> guards.apply(context);
    }

    /**
     * The lock of a lock-shaped strategy, for callers that build another guard around it.
     *
     * @param shapes words of {@link Dimension#SLEEPERS} and {@link Dimension#RWSEM}; each is for the lock that has it,
     *               if there is none among them the lock has its default.
     * @throws IllegalStateException if this strategy is no lock, or one whose memory only its own guard frees.
     */
    public SectionLock.Factory sectionLock(Set<String> shapes) {
        if (factory instanceof LockedFactory locked && !description.nativeCalls()) {
            return locked.shapedAs(shapes);
        }
        throw new IllegalStateException("'" + description.name() + "' is no lock to build into a guard");
    }

    @Override
    public StrategyDescription description() {
        return description;
    }

    @Override
    public Optional<String> refusal() {
        return factory.refusal(Variant.DEFAULT, description);
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return factory.create(context, Variant.DEFAULT);
    }

    @Override
    public Strategy variant(String values) {
        Variant variant = Variant.parse(description.name() + ":" + values, values, description.dimensions());
        StrategyDescription varied = variant.describe(factory.describe(variant, description));
        return new Strategy() {
            @Override
            public StrategyDescription description() {
                return varied;
            }

            @Override
            public Optional<String> refusal() {
                return factory.refusal(variant, varied);
            }

            @Override
            public AttachmentGuard create(GuardContext context) {
                return factory.create(context, variant);
            }
        };
    }

    /** Stands a lock before the records; some have further algorithms, which wait in one way only. */
    private record LockedFactory(ShapedLocks locks, List<OtherLock> others) implements Factory {
        /** The algorithm of the next word of a dimension. */
        LockedFactory or(
            Dimension dimension, Class<?> described, Function<ContentionCounters, SectionLock> other) {
            String word = dimension.words().get(others.size() + 1);
            return new LockedFactory(locks, Stream.concat(others.stream(), Stream.of(new OtherLock(
                word, StrategyDescription.of(described), context -> other.apply(context.contention())))).toList());
        }

        private Optional<OtherLock> other(Set<String> shapes) {
            return others.stream().filter(one -> shapes.contains(one.word)).findFirst();
        }

        SectionLock.Factory shapedAs(Set<String> shapes) {
            return other(shapes).map(OtherLock::locks).orElse(context -> locks.create(context, shapes));
        }

        private static Set<String> shapesOf(Variant variant) {
            return Set.copyOf(List.of(variant.shape(), variant.waiting()));
        }

        @Override
        public AttachmentGuard create(GuardContext context, Variant variant) {
            return new SectionLockGuard(context, variant.scope(), shapedAs(shapesOf(variant)));
        }

        @Override
        public StrategyDescription describe(Variant variant, StrategyDescription plain) {
            Optional<OtherLock> other = other(Set.of(variant.shape()));
            if (other.isPresent() && !variant.waiting().isEmpty()) {
                throw new IllegalArgumentException("'" + plain.name() + ":" + variant.shape()
                    + "' waits in one way only, not by '" + variant.waiting() + "'");
            }
            return other.map(OtherLock::description).orElse(plain);
        }

        /** Whether the C library makes such a lock, it alone knows: an old kernel has no priority inheritance. */
        @Override
        public Optional<String> refusal(Variant variant, StrategyDescription described) {
            if (described.nativeCalls()) {
                try {
                    shapedAs(shapesOf(variant)).create(new GuardContext(null, 1, GracePeriodListener.NONE)).close();
                } catch (IllegalStateException e) {
                    return Optional.of(e.getMessage());
                }
            }
            return Optional.empty();
        }
    }

    /** Makes the locks of one guard in the shape that some words say. */
    private interface ShapedLocks {
        SectionLock create(GuardContext context, Set<String> shapes);
    }

    /** Another algorithm of a lock, which describes itself, and its word on the command line. */
    private record OtherLock(String word, StrategyDescription description, SectionLock.Factory locks) {
    }

    /** Makes a guard of one strategy in any of its variants. */
    private interface Factory {
        AttachmentGuard create(GuardContext context, Variant variant);

        /** The description of what a variant is made of, before its name and its other values are put in. */
        default StrategyDescription describe(Variant variant, StrategyDescription plain) {
            return plain;
        }

        /** Why it cannot run in this JVM. */
        default Optional<String> refusal(Variant variant, StrategyDescription described) {
            return Optional.empty();
        }
    }
}
