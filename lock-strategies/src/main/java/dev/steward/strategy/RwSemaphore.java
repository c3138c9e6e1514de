package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.Waiting;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A sleeping reader-writer lock that is fair by phases, as the kernel's rw_semaphore is (kernel/locking/rwsem.c). The
 * steps of the algorithm are in {@link RwSemaphoreState}.
 *
 * <p>Writers spin before they sleep, readers do not (since v5.11). Threads that spin or sleep read a clock, those that
 * get the lock at once do not.
 */
@Description(
    name = "rwsem",
    family = Family.SHARED,
    title = "sleeping reader-writer semaphore, fair by phases",
    source = "kernel/locking/rwsem.c",
    kernelPrimitive = "struct rw_semaphore",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.READER_WRITER_SEMAPHORE,
    readerWrites = "the count, twice; the owner word, once",
    writerWrites = "the count and the owner word, twice each; the owner's thread if it was another; the record",
    notModelled = "no writer is real-time; a spinner sees its owner sleep, not be preempted: " + MutexLock.LOOKS
        + " looks (80 to 200 us) stand for that; a new owner dirties a card of the collector",
    variedBy = {Dimension.SCOPE, Dimension.RWSEM, Dimension.SLEEPERS})
final class RwSemaphore extends RwSemaphoreState implements SectionLock {
    /** The layout test holds it to that. */
    private static final long FOOTPRINT_BYTES = 400;

    long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    RwSemaphore(LockWaits waits) {
        this(waits.waiting().looks(), System::nanoTime, () -> false, waits);
    }

    /**
     * A semaphore of a test.
     *
     * @param looks    how often a spinner looks at an owner that does not sleep; with 0 nobody spins.
     * @param realTime whether the calling writer has real-time priority, which is asked before it sleeps.
     */
    RwSemaphore(int looks, LongSupplier nanoClock, BooleanSupplier realTime) {
        this(looks, nanoClock, realTime, LockWaits.uncounted(Waiting.SPIN_PARK));
    }

    RwSemaphore(int looks, LongSupplier nanoClock, BooleanSupplier realTime, LockWaits waits) {
        super(looks, nanoClock, realTime, waits.showing(ContentionEvent.STEAL, ContentionEvent.HAND_OFF));
    }

    @Override
    public long lockShared(int reader) {
        long count = addReader();
        if (!gotShared(count)) {
            lockSharedSlowly(count);
        }
        return 0;
    }

    private void lockSharedSlowly(long count) {
        waits.contended();
        if (maySteal(count)) {
            wake(steal(count));
            return;
        }
        RwWaiter waiter = RwWaiter.reader(Thread.currentThread(), deadlineNs());
        List<Thread> woken = queueShared(waiter);
        boolean interrupted = false;
        if (woken != null) {
            wake(woken);
            int round = 0;
            for (; !waiter.granted; round++) {
                waits.pauseQueued(round);
                interrupted |= Thread.interrupted();
            }
            waits.pausedQueued(round);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void unlockShared(int reader, long token) {
        if (removeReader()) {
            wake(wakeAny());
        }
    }

    @Override
    public long lockExclusive() {
        Thread self = Thread.currentThread();
        if (!tryLockFast(self)) {
            lockExclusiveSlowly(self);
        }
        return 0;
    }

    private void lockExclusiveSlowly(Thread self) {
        waits.contended();
        if (!spin(self)) {
            lockExclusiveAsleep(self);
        }
    }

    private void lockExclusiveAsleep(Thread self) {
        RwWaiter waiter = RwWaiter.writer(self, deadlineNs(), isRealTime());
        wake(queueExclusive(waiter));
        boolean interrupted = false;
        int pauses = 0;
        for (int round = 0; !tryLockQueued(waiter); round++) {
            // Not the looks of a spinner: where nobody spins the owner may be seen to have left as well.
            if (!waiter.askedForHandOff || round >= MutexLock.LOOKS || !ownerLeftWhileWatched()) {
                waits.pauseQueued(pauses++);
                interrupted |= Thread.interrupted();
            }
        }
        waits.pausedQueued(pauses);
        if (interrupted) {
            self.interrupt();
        }
    }

    @Override
    public void unlockExclusive(long token) {
        if (removeWriter()) {
            wake(wakeAny());
        }
    }

    private void wake(List<Thread> woken) {
        for (Thread thread : woken) {
            waits.wake(thread);
        }
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
