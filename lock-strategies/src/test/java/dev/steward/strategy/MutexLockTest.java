package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.stream.Waiting;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What threads see of the mutexes. */
class MutexLockTest {
    private static final int THREADS = 3;
    private static final int ROUNDS = 20_000;

    private long count;

    static Stream<Named<SectionLock>> mutexes() {
        return Stream.concat(
            Stream.of(Waiting.values()).map(way -> Named.of(way.word(), new MutexLock(LockWaits.uncounted(way)))),
            Stream.of(Named.of("hardly spinning", new MutexLock(3)), Named.of("never spinning", new MutexLock(0))));
    }

    @ParameterizedTest
    @MethodSource("mutexes")
    void shouldExclude(SectionLock mutex) throws InterruptedException {
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = Threads.start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    long token = mutex.lockExclusive();
                    count++;
                    mutex.unlockExclusive(token);
                }
            });
        }
        for (Thread thread : threads) {
            Threads.awaitEnd(thread);
        }

        assertThat(count).isEqualTo((long) THREADS * ROUNDS);
    }

    /** A handler that drains a full queue takes the lock again at once; a plain unfair lock may starve the waiter. */
    @ParameterizedTest
    @MethodSource("mutexes")
    void shouldLetWaiterInAlthoughOwnerTakesLockAgainAtOnce(SectionLock mutex) throws InterruptedException {
        CountDownLatch letIn = new CountDownLatch(1);
        AtomicInteger passed = new AtomicInteger();
        CountDownLatch taken = new CountDownLatch(1);
        Thread owner = Threads.start(() -> {
            mutex.lockExclusive();
            taken.countDown();
            while (letIn.getCount() > 0) {
                boolean due = isHandOffDue(mutex);
                mutex.unlockExclusive(0);
                mutex.lockExclusive();
                if (due && letIn.getCount() > 0) {
                    passed.incrementAndGet();
                }
            }
            mutex.unlockExclusive(0);
        });
        await(taken);
        Thread waiter = Threads.start(() -> {
            mutex.lockExclusive();
            letIn.countDown();
            mutex.unlockExclusive(0);
        });
        Threads.awaitEnd(waiter);
        Threads.awaitEnd(owner);

        assertThat(passed).as("how often the owner passed the waiter that asked for hand-off").hasValue(0);
    }

    /** Asked by the owner. */
    private static boolean isHandOffDue(SectionLock mutex) {
        return mutex instanceof MutexLock words && (words.flags() & MutexState.HAND_OFF) != 0;
    }

    @ParameterizedTest
    @MethodSource("mutexes")
    void shouldNotLoseInterruptOfWaiter(SectionLock mutex) throws InterruptedException {
        boolean[] interrupted = new boolean[1];
        mutex.lockExclusive();
        Thread waiter = Threads.start(() -> {
            mutex.lockExclusive();
            interrupted[0] = Thread.currentThread().isInterrupted();
            mutex.unlockExclusive(0);
        });
        assertThat(Threads.awaitWaitingOrEnd(waiter)).isTrue();
        waiter.interrupt();
        mutex.unlockExclusive(0);
        Threads.awaitEnd(waiter);

        assertThat(interrupted[0]).isTrue();
    }

    /** As left behind by a hand-over that a waiter picked up while it span: nobody has woken the next one. */
    @Test
    void shouldNotTakePermitThatNobodyGaveForWakeUp() throws InterruptedException {
        MutexLock mutex = new MutexLock(0);
        mutex.lockExclusive();
        Thread waiter = Threads.start(() -> {
            LockSupport.unpark(Thread.currentThread());
            mutex.lockExclusive();
            mutex.unlockExclusive(0);
        });
        Threads.awaitTrue(() -> mutex.flags() != 0, "it is queued");
        assertThat(Threads.awaitWaitingOrEnd(waiter)).isTrue();
        assertThat(mutex.flags()).isEqualTo(MutexState.WAITERS);
        mutex.unlockExclusive(0);
        Threads.awaitEnd(waiter);

        assertThat(mutex.flags()).isZero();
    }

    /** No time passes here: one failed try after one wake-up is enough. */
    @Test
    void shouldHandOverToSleeperThatOnceWokeUpInVain() throws InterruptedException {
        MutexLock mutex = new MutexLock(0);
        Thread self = Thread.currentThread();
        CountDownLatch seen = new CountDownLatch(1);
        mutex.lockExclusive();
        Thread sleeper = Threads.start(() -> {
            mutex.lockExclusive();
            await(seen);
            mutex.unlockExclusive(0);
        });
        assertThat(Threads.awaitWaitingOrEnd(sleeper)).isTrue();
        assertThat(mutex.flags()).isEqualTo(MutexState.WAITERS);

        Thread woken = mutex.unlock(self);
        assertThat(woken).isSameAs(sleeper);
        assertThat(mutex.tryLock(self, false)).as("stolen before the sleeper woke up").isTrue();
        LockSupport.unpark(sleeper);
        Threads.awaitTrue(() -> mutex.flags() == (MutexState.WAITERS | MutexState.HAND_OFF), "hand-off is due");
        mutex.unlockExclusive(0);
        assertThat(mutex.isOwner(sleeper)).isTrue();
        assertThat(mutex.tryLock(self, false)).as("stolen once more").isFalse();
        seen.countDown();
        Threads.awaitEnd(sleeper);

        assertThat(mutex.flags()).isZero();
    }

    /** With a spinner that never gives up: it would never get the mutex if it slept, since nobody wakes it. */
    @Test
    void shouldTakeMutexAsSpinnerWithoutBeingQueued() throws InterruptedException {
        MutexLock mutex = new MutexLock(Integer.MAX_VALUE);
        mutex.lockExclusive();
        Thread spinner = Threads.start(() -> {
            mutex.lockExclusive();
            mutex.unlockExclusive(0);
        });
        Threads.awaitTrue(() -> mutex.lastSpinner() != null, "it spins");
        assertThat(mutex.flags()).as("nobody is queued").isZero();
        assertThat(mutex.unlockFast(Thread.currentThread())).as("nobody to wake").isTrue();
        Threads.awaitEnd(spinner);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
