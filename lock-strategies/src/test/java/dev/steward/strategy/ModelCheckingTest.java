package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.Waiting;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Primitives whose state is on the heap, under every interleaving that the model checker (Lincheck) chooses. It does
 * not see off-heap memory, so no attachment record takes part: a lock guards a counter, a domain guards two cells. It
 * runs one thread at a time, so it finds wrong algorithms and not missing fences; those are for jcstress.
 */
@Tag("slow")
public class ModelCheckingTest {
    static Stream<Named<Class<?>>> right() {
        return Stream.<Class<?>>of(
            Ticket.class, Mcs.class, Mutex.class, Rwsem.class, HastyRwsem.class, Spinners.class,
            QueuedRw.class, PhaseFair.class, Percpu.class,
            Epochs.class, Quiescent.class, Sleepable.class, FastSleepable.class)
            .map(type -> Named.of(type.getSimpleName(), type));
    }

    @ParameterizedTest
    @MethodSource("right")
    void shouldFindNoInterleavingThatBreaksPrimitive(Class<?> primitive) {
        options().check(primitive);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldFindInterleavingThatBreaksWrongPrimitive(Class<?> primitive) {
        assertThatThrownBy(() -> options().check(primitive)).isInstanceOf(AssertionError.class);
    }

    static Stream<Named<Class<?>>> wrong() {
        return Stream.<Class<?>>of(NoLock.class, NoWait.class).map(type -> Named.of(type.getSimpleName(), type));
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions().threads(2).actorsPerThread(2).actorsBefore(1).actorsAfter(1)
            .iterations(8).invocationsPerIteration(250)
            // What is counted decides nothing.
            .addGuarantee(forClasses(ContentionCounters.class.getName()).allMethods().ignore());
    }

    /** A counter behind a lock: linearizable only if the lock excludes. */
    public abstract static class Counter {
        final SectionLock lock;
        int value;

        Counter(SectionLock lock) {
            this.lock = lock;
        }

        @Operation
        public int increment() {
            long token = lock.lockExclusive();
            int before = value;
            value = before + 1;
            lock.unlockExclusive(token);
            return before;
        }

        int read() {
            long token = lock.lockShared(0);
            int seen = value;
            lock.unlockShared(0, token);
            return seen;
        }
    }

    /** Of a lock that knows each reader by its own slot: here there is one. */
    public abstract static class OneReader extends Counter {
        OneReader(SectionLock lock) {
            super(lock);
        }

        @Operation(nonParallelGroup = "reader")
        public int get() {
            return read();
        }
    }

    /** Of a lock to which all readers are alike, so that they may meet. */
    public abstract static class Readers extends Counter {
        Readers(SectionLock lock) {
            super(lock);
        }

        @Operation
        public int get() {
            return read();
        }
    }

    /** The queue of spinners alone, which give up: at most one is the head. */
    public static class Spinners {
        private final SpinnerQueue queue = new SpinnerQueue(LockWaits.uncounted(Waiting.SPIN_PARK)) {
        };
        private int heads;

        @Operation
        public boolean lookOnce() {
            return isAloneAsHead(1);
        }

        @Operation
        public boolean lookTwice() {
            return isAloneAsHead(2);
        }

        private boolean isAloneAsHead(int looks) {
            SpinnerQueue.Spinner own = queue.enterSpinners(looks);
            if (own == null) {
                return true;
            }
            int others = heads;
            heads = others + 1;
            boolean alone = others == 0 && heads == 1;
            heads = heads - 1;
            queue.leaveSpinners(own);
            return alone;
        }
    }

    /** Two cells, of which one is published; the other is poisoned after a grace period. */
    public abstract static class Cells {
        private static final int POISON = -1;

        private final GracePeriods gracePeriods;
        private final GracePeriods.Section section;
        private final PaddedLong published = new PaddedLong();
        private final int[] cells = {0, POISON};
        private int last;

        Cells(GracePeriods gracePeriods) {
            this.gracePeriods = gracePeriods;
            section = gracePeriods == null ? null : gracePeriods.register();
        }

        @Operation(nonParallelGroup = "reader")
        public int read() {
            if (section != null) {
                section.enter();
            }
            int seen = cells[(int) published.getAcquire()];
            if (section != null) {
                section.exit();
                section.quiesce();
            }
            return seen;
        }

        @Operation(nonParallelGroup = "writer")
        public int replace() {
            int old = (int) published.getPlain();
            cells[1 - old] = ++last;
            published.setVolatile(1 - old);
            if (gracePeriods != null) {
                gracePeriods.synchronize();
            }
            cells[old] = POISON;
            return last;
        }
    }

    public static class Ticket extends Readers {
        public Ticket() {
            super(new TicketLock(LockWaits.uncounted(Waiting.SPIN)));
        }
    }

    /** Without spinning, which asks for the states of threads, and those are the model checker's here. */
    public static class Mutex extends Readers {
        public Mutex() {
            super(new MutexLock(0));
        }
    }

    /** Without spinning, as above, and with a clock that stands. */
    public static class Rwsem extends Readers {
        public Rwsem() {
            super(new RwSemaphore(0, () -> 0, () -> false));
        }
    }

    /** Each writer asks for hand-off at its first failed try, as one of real-time priority. */
    public static class HastyRwsem extends Readers {
        public HastyRwsem() {
            super(new RwSemaphore(0, () -> 0, () -> true));
        }
    }

    public static class Mcs extends Readers {
        public Mcs() {
            super(new McsLock(LockWaits.uncounted(Waiting.SPIN)));
        }
    }

    public static class QueuedRw extends Readers {
        public QueuedRw() {
            super(new QueuedRwLock(LockWaits.uncounted(Waiting.SPIN)));
        }
    }

    public static class PhaseFair extends Readers {
        public PhaseFair() {
            super(new PhaseFairLock(LockWaits.uncounted(Waiting.SPIN)));
        }
    }

    public static class Percpu extends OneReader {
        public Percpu() {
            super(new PercpuRwSemaphore(new GuardContext(null, 1, GracePeriodListener.NONE)));
        }
    }

    public static class Epochs extends Cells {
        public Epochs() {
            super(new EpochDomain(1, GracePeriodInput.NONE));
        }
    }

    public static class Quiescent extends Cells {
        public Quiescent() {
            super(new QuiescentStates(1, GracePeriodInput.NONE));
        }
    }

    public static class Sleepable extends Cells {
        public Sleepable() {
            super(new SleepableDomain(1, GracePeriodInput.NONE));
        }
    }

    public static class FastSleepable extends Cells {
        public FastSleepable() {
            super(new FastSleepableDomain(1, GracePeriodInput.NONE));
        }
    }

    public static class NoWait extends Cells {
        public NoWait() {
            super(null);
        }
    }

    public static class NoLock extends OneReader {
        public NoLock() {
            super(new SectionLock() {
                @Override
                public long lockShared(int reader) {
                    return 0;
                }

                @Override
                public void unlockShared(int reader, long token) {
                    // nothing was taken
                }

                @Override
                public long lockExclusive() {
                    return 0;
                }

                @Override
                public void unlockExclusive(long token) {
                    // nothing was taken
                }

                @Override
                public GuardStatistics statistics() {
                    return GuardStatistics.ofFootprint(0);
                }
            });
        }
    }
}
