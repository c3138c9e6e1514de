package dev.steward.strategy;

import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.Waiting;

/**
 * One mutex, held over look-up and report: what the driver merged for v6.15 does with {@code streams_mutex}
 * (arm-smmu-v3.c; docs/domain.md, 7.1, design e). The steps of the algorithm are in {@link MutexState}.
 *
 * <p>A thread that finds the mutex taken spins while the owner runs, one at a time; then it queues and parks. The first
 * of the queue tries again whenever it is woken, and spins then as well, beside the other. At its first failed try it
 * asks for hand-off: from then on the mutex cannot be taken past it. Where it is told to wait otherwise, it queues at
 * once, or waits in the queue without being woken; all else is the same.
 */
@Description(
    name = "mutex",
    family = Family.EXCLUSIVE,
    title = "one mutex over look-up and report (merged driver, v6.15)",
    source = "kernel/locking/mutex.c; Documentation/locking/mutex-design.rst",
    kernelPrimitive = "struct mutex (streams_mutex)",
    context = "threaded handler only; the holder may sleep",
    usage = Usage.SLEEPING_LOCK,
    simplicity = Simplicity.MUTEX,
    readerWrites = "the owner word, twice; the owner's thread if it was another",
    writerWrites = "as a reader; the record",
    notModelled = "a spinner sees its owner sleep, not be preempted; " + MutexLock.LOOKS
        + " looks (80 to 200 us) stand for that and for its own time slice: behind a longer section, or under"
        + " SCHED_FIFO, it parks too soon; a new owner dirties a card of the collector",
    variedBy = {Dimension.SCOPE, Dimension.SLEEPERS})
final class MutexLock extends MutexState implements SectionLock {
    /** In place of "while the owner is on a CPU and nobody else needs mine". */
    static final int LOOKS = Waiting.LOOKS;

    /** The layout test holds it to that. */
    private static final long FOOTPRINT_BYTES = 304;

    long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    MutexLock(LockWaits waits) {
        super(waits.waiting().looks(), waits.showing(ContentionEvent.STEAL, ContentionEvent.HAND_OFF));
    }

    /** A mutex of a test, whose spinners look so often before they park; with 0 they park at once. */
    MutexLock(int looks) {
        super(looks, LockWaits.uncounted(Waiting.SPIN_PARK));
    }

    @Override
    public long lockExclusive() {
        Thread self = Thread.currentThread();
        if (!tryLockFast(self)) {
            lockSlowly(self);
        }
        return 0;
    }

    private void lockSlowly(Thread self) {
        waits.contended();
        if (tryLock(self, false) || spin(self)) {
            return;
        }
        Waiter waiter = new Waiter(self);
        if (!tryLockOrQueue(waiter)) {
            sleepUntilLocked(self, waiter);
        }
    }

    private void sleepUntilLocked(Thread self, Waiter waiter) {
        boolean interrupted = false;
        boolean first;
        do {
            int rounds = 0;
            for (; !waiter.woken; rounds++) {
                waits.pauseQueued(rounds);
                // The kernel's mutex_lock() cannot be interrupted; the flag is for the caller.
                interrupted |= Thread.interrupted();
            }
            waits.pausedQueued(rounds);
            // Before the tries: a wake-up that comes meanwhile counts.
            waiter.woken = false;
            first = isFirst(waiter);
        } while (!tryLock(self, first) && !(first && spinAsFirst(self)) && !tryLockQueued(self));
        dequeue(waiter);
        if (interrupted) {
            self.interrupt();
        }
    }

    @Override
    public void unlockExclusive(long token) {
        Thread self = Thread.currentThread();
        if (!unlockFast(self)) {
            Thread woken = unlock(self);
            if (woken != null) {
                waits.wake(woken);
            }
        }
    }

    @Override
    public GuardStatistics statistics() {
        return GuardStatistics.ofFootprint(FOOTPRINT_BYTES);
    }
}
