package dev.steward.strategy;

import static dev.steward.strategy.MutexState.HAND_OFF;
import static dev.steward.strategy.MutexState.PICK_UP;
import static dev.steward.strategy.MutexState.WAITERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.strategy.MutexState.Waiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of states of the kernel's mutex (kernel/locking/mutex.c), replayed step by step on one thread, which plays
 * all parts. Threads that were never started are asleep to the mutex.
 */
class MutexStateTest {
    private static final int LOOKS = 10;

    private final Thread running = Thread.currentThread();
    private final Thread sleeper = new Thread(() -> { });
    private final Thread other = new Thread(() -> { });
    private final Thread third = new Thread(() -> { });
    private final MutexLock mutex = new MutexLock(LOOKS);

    private Waiter queued(Thread thread) {
        Waiter waiter = new Waiter(thread);
        assertThat(mutex.tryLockOrQueue(waiter)).isFalse();
        return waiter;
    }

    private void assertState(Thread owner, long flags) {
        for (Thread thread : new Thread[] {running, sleeper, other, third}) {
            assertThat(mutex.isOwner(thread)).as("owned by %s", thread.getName()).isEqualTo(thread == owner);
        }
        assertThat(mutex.flags()).isEqualTo(flags);
    }

    @Test
    void shouldGoFromFreeToOwnedAndBackByTheFastPath() {
        assertState(null, 0);
        assertThat(mutex.tryLockFast(sleeper)).isTrue();
        assertState(sleeper, 0);
        assertThat(mutex.tryLockFast(other)).isFalse();
        assertThat(mutex.tryLock(other, false)).isFalse();
        assertThat(mutex.unlockFast(other)).isFalse();
        assertThat(mutex.unlockFast(sleeper)).isTrue();
        assertState(null, 0);
    }

    @Test
    void shouldWakeFirstOfQueueAndStayFreeUntilSomebodyTakesIt() {
        mutex.tryLockFast(running);
        Waiter first = queued(sleeper);
        queued(other);
        assertState(running, WAITERS);
        assertThat(mutex.unlockFast(running)).as("somebody has to be woken").isFalse();
        assertThat(mutex.unlock(running)).isSameAs(sleeper);
        assertState(null, WAITERS);
        assertThat(mutex.tryLockFast(sleeper)).as("the fast path does not know the queue").isFalse();
        assertThat(mutex.tryLock(sleeper, mutex.isFirst(first))).isTrue();
        mutex.dequeue(first);
        assertState(sleeper, WAITERS);
        assertThat(mutex.unlock(sleeper)).as("first come, first served").isSameAs(other);
    }

    @Test
    void shouldBeStolenFromWokenFirstOfQueueOnce() {
        mutex.tryLockFast(running);
        Waiter first = queued(sleeper);
        mutex.unlock(running);
        assertThat(mutex.tryLock(third, false)).isTrue();
        assertState(third, WAITERS);
        assertThat(mutex.tryLock(sleeper, mutex.isFirst(first))).as("woken up in vain").isFalse();
        assertState(third, WAITERS | HAND_OFF);

        assertThat(mutex.unlock(third)).isSameAs(sleeper);
        assertState(sleeper, WAITERS | PICK_UP);
        assertThat(mutex.tryLockFast(third)).isFalse();
        assertThat(mutex.tryLock(third, false)).isFalse();
        assertThat(mutex.tryLock(third, true)).isFalse();
        assertState(sleeper, WAITERS | PICK_UP);
        assertThat(mutex.tryLock(sleeper, true)).as("picked up").isTrue();
        assertState(sleeper, WAITERS);
        mutex.dequeue(first);
        assertState(sleeper, 0);
        assertThat(mutex.unlockFast(sleeper)).isTrue();
    }

    @Test
    void shouldNotAskForHandOffWhenSecondOfQueueFails() {
        mutex.tryLockFast(running);
        queued(sleeper);
        Waiter second = queued(other);
        assertThat(mutex.tryLock(other, mutex.isFirst(second))).isFalse();
        assertState(running, WAITERS);
    }

    @Test
    void shouldAskForNextHandOffAnewWhenFirstHasHadItsTurn() {
        mutex.tryLockFast(running);
        Waiter first = queued(sleeper);
        Waiter second = queued(other);
        mutex.tryLock(sleeper, true);
        mutex.unlock(running);
        mutex.tryLock(sleeper, true);
        mutex.dequeue(first);
        assertState(sleeper, WAITERS);
        assertThat(mutex.isFirst(second)).isTrue();
        assertThat(mutex.unlock(sleeper)).isSameAs(other);
        assertState(null, WAITERS);
    }

    @Test
    void shouldTakeMutexInsteadOfQueueingWhenItWasFreedMeanwhile() {
        mutex.tryLockFast(running);
        queued(sleeper);
        mutex.unlock(running);
        assertThat(mutex.tryLockOrQueue(new Waiter(other))).isTrue();
        assertState(other, WAITERS);
    }

    @Test
    @Timeout(60)
    void shouldNotSpinWhileOwnerSleeps() {
        MutexLock patient = new MutexLock(Integer.MAX_VALUE);
        patient.tryLockFast(sleeper);
        assertThat(patient.spin(running)).isFalse();
        assertThat(patient.spinAsFirst(running)).isFalse();
        assertThat(patient.lastSpinner()).isNull();
    }

    @Test
    void shouldGiveUpSpinningAfterSoManyLooksAtRunningOwner() {
        mutex.tryLockFast(running);
        assertThat(mutex.spin(other)).isFalse();
        assertThat(mutex.lastSpinner()).as("left the queue of spinners").isNull();
        assertState(running, 0);
    }

    @Test
    void shouldLetOneSpinAtATimeButFirstOfQueueBesideIt() {
        SpinnerQueue.Spinner head = mutex.enterSpinners(0);
        assertThat(head).isNotNull();
        assertThat(mutex.spin(other)).as("free, but another one is spinning").isFalse();
        assertState(null, 0);
        assertThat(mutex.spinAsFirst(sleeper)).as("first of the queue").isTrue();
        mutex.unlock(sleeper);
        mutex.leaveSpinners(head);
        assertThat(mutex.spin(other)).isTrue();
        assertState(other, 0);
    }

    @Test
    void shouldGoOnToNextSpinnerPastOneThatGaveUp() throws InterruptedException {
        SpinnerQueue.Spinner head = mutex.enterSpinners(0);
        SpinnerQueue.Spinner[] entered = new SpinnerQueue.Spinner[2];
        Thread second = Threads.start(() -> entered[0] = mutex.enterSpinners(Integer.MAX_VALUE));
        awaitSpinnerBehind(head);
        SpinnerQueue.Spinner behind = mutex.lastSpinner();
        assertThat(mutex.enterSpinners(0)).as("gave up as the last").isNull();
        assertThat(mutex.lastSpinner()).isSameAs(behind);
        Thread fourth = Threads.start(() -> entered[1] = mutex.enterSpinners(Integer.MAX_VALUE));
        awaitSpinnerBehind(behind);

        mutex.leaveSpinners(head);
        Threads.awaitEnd(second);
        mutex.leaveSpinners(entered[0]);
        Threads.awaitEnd(fourth);
        mutex.leaveSpinners(entered[1]);
        assertThat(mutex.lastSpinner()).isNull();
    }

    private void awaitSpinnerBehind(SpinnerQueue.Spinner one) {
        Threads.awaitTrue(() -> mutex.lastSpinner() != one, "another one spins");
    }

    @Test
    void shouldNotPassHandOffAsSpinner() {
        mutex.tryLockFast(other);
        queued(running);
        mutex.tryLock(running, true);
        mutex.unlock(other);
        assertState(running, WAITERS | PICK_UP);
        assertThat(mutex.spin(third)).isFalse();
        assertState(running, WAITERS | PICK_UP);
        assertThat(mutex.spinAsFirst(running)).as("whose turn it is").isTrue();
        assertState(running, WAITERS);
    }
}
