package dev.steward.strategy;

import static dev.steward.strategy.RwSemaphoreState.HAND_OFF;
import static dev.steward.strategy.RwSemaphoreState.READER;
import static dev.steward.strategy.RwSemaphoreState.WAITERS;
import static dev.steward.strategy.RwSemaphoreState.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of states of the kernel's rw_semaphore (kernel/locking/rwsem.c), replayed step by step on one thread, which
 * plays all parts. Threads that were never started are asleep to the semaphore.
 */
class RwSemaphoreStateTest {
    private static final long HAND_OFF_NS = TimeUnit.MILLISECONDS.toNanos(4);

    private final Thread running = Thread.currentThread();
    private final Thread one = new Thread(() -> { });
    private final Thread two = new Thread(() -> { });
    private final Thread three = new Thread(() -> { });
    private long nowNs;
    private long nsPerLook;
    private int looksAtClock;
    private boolean realTime;
    private final RwSemaphore semaphore = new RwSemaphore(1_000_000, this::now, () -> realTime);

    private long now() {
        looksAtClock++;
        return nowNs += nsPerLook;
    }

    private RwWaiter queuedWriter(Thread thread) {
        RwWaiter waiter = RwWaiter.writer(thread, semaphore.deadlineNs(), realTime);
        assertThat(semaphore.queueExclusive(waiter)).isEmpty();
        return waiter;
    }

    private RwWaiter queuedReader(Thread thread) {
        long found = semaphore.addReader();
        assertThat(semaphore.gotShared(found)).isFalse();
        assertThat(semaphore.maySteal(found)).isFalse();
        RwWaiter waiter = RwWaiter.reader(thread, semaphore.deadlineNs());
        assertThat(semaphore.queueShared(waiter)).isEmpty();
        return waiter;
    }

    private void readerByFastPath() {
        assertThat(semaphore.gotShared(semaphore.addReader())).isTrue();
    }

    @Test
    void shouldCountReadersAndKeepWriterOutByTheFastPaths() {
        readerByFastPath();
        readerByFastPath();
        assertThat(semaphore.count()).isEqualTo(2 * READER);
        assertThat(semaphore.tryLockFast(one)).isFalse();
        assertThat(semaphore.removeReader()).as("somebody to wake").isFalse();
        assertThat(semaphore.removeReader()).isFalse();
        assertThat(semaphore.tryLockFast(one)).isTrue();
        assertThat(semaphore.count()).isEqualTo(WRITER);
        assertThat(semaphore.removeWriter()).isFalse();
        assertThat(semaphore.count()).isZero();
    }

    @Test
    void shouldLetReaderStealPastWokenWriter() {
        semaphore.tryLockFast(one);
        RwWaiter writer = queuedWriter(two);
        assertThat(semaphore.removeWriter()).isTrue();
        assertThat(semaphore.wakeAny()).containsExactly(two);

        long found = semaphore.addReader();
        assertThat(semaphore.gotShared(found)).as("somebody is queued").isFalse();
        assertThat(semaphore.maySteal(found)).isTrue();
        assertThat(semaphore.steal(found)).isEmpty();
        assertThat(semaphore.count()).isEqualTo(READER + WAITERS);
        assertThat(semaphore.tryLockQueued(writer)).isFalse();
    }

    @Test
    void shouldNotLetReaderStealFromWriterInside() {
        semaphore.tryLockFast(one);
        assertThat(semaphore.maySteal(semaphore.addReader())).isFalse();
    }

    @Test
    void shouldNotLetReaderStealWhenHandOffIsDue() {
        semaphore.tryLockFast(one);
        RwWaiter writer = queuedWriter(two);
        nowNs = HAND_OFF_NS + 1;
        assertThat(semaphore.tryLockQueued(writer)).isFalse();
        semaphore.removeWriter();
        assertThat(semaphore.count()).isEqualTo(WAITERS + HAND_OFF);
        assertThat(semaphore.maySteal(semaphore.addReader())).isFalse();
    }

    @Test
    void shouldNotLetReaderStealWhenReadersOwnLockAlready() {
        readerByFastPath();
        queuedWriter(one);
        queuedReader(two);
        assertThat(semaphore.count()).isEqualTo(READER + WAITERS);
        assertThat(semaphore.removeReader()).isTrue();
        assertThat(semaphore.wakeAny()).as("the writer came before the reader").containsExactly(one);
        long found = semaphore.addReader();
        assertThat(semaphore.maySteal(found)).as("the last reader has left").isTrue();
    }

    @Test
    void shouldLetReadersOfTheQueueInTogetherWithFirstThatSteals() {
        semaphore.tryLockFast(one);
        RwWaiter reader = queuedReader(two);
        semaphore.removeWriter();
        // Who left has not come to wake anybody yet.
        long found = semaphore.addReader();
        assertThat(semaphore.maySteal(found)).isTrue();
        assertThat(semaphore.steal(found)).containsExactly(two);
        assertThat(reader.granted).isTrue();
        assertThat(semaphore.count()).isEqualTo(2 * READER);
        assertThat(semaphore.wakeAny()).isEmpty();
    }

    @Test
    void shouldGoInInsteadOfQueueingWhenWriterHasLeftAndNobodyIsQueued() {
        semaphore.tryLockFast(one);
        semaphore.addReader();
        semaphore.removeWriter();
        assertThat(semaphore.queueShared(RwWaiter.reader(two, semaphore.deadlineNs()))).isNull();
        assertThat(semaphore.count()).isEqualTo(READER);
    }

    @Test
    void shouldLetIn256Of300ReadersWhenReaderHeadsQueueAndLeaveWritersBetweenThem() {
        semaphore.tryLockFast(running);
        List<RwWaiter> readers = new ArrayList<>();
        List<RwWaiter> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 100; j++) {
                readers.add(queuedReader(new Thread(() -> { })));
            }
            writers.add(queuedWriter(new Thread(() -> { })));
        }
        assertThat(semaphore.removeWriter()).isTrue();

        assertThat(semaphore.wakeAny()).containsExactlyElementsOf(
            readers.subList(0, 256).stream().map(reader -> reader.thread).toList());
        assertThat(semaphore.count()).isEqualTo(256 * READER + WAITERS);
        assertThat(readers).filteredOn(reader -> reader.granted).hasSize(256);
        for (int i = 0; i < 255; i++) {
            assertThat(semaphore.removeReader()).isFalse();
        }
        assertThat(semaphore.removeReader()).isTrue();

        letInAlone(writers.get(0));
        letInAlone(writers.get(1));
        assertThat(semaphore.wakeAny()).containsExactlyElementsOf(
            readers.subList(256, 300).stream().map(reader -> reader.thread).toList());
        for (int i = 0; i < 44; i++) {
            semaphore.removeReader();
        }
        letInAlone(writers.get(2));
        assertThat(semaphore.count()).isZero();
    }

    private void letInAlone(RwWaiter writer) {
        assertThat(semaphore.wakeAny()).containsExactly(writer.thread);
        assertThat(semaphore.tryLockQueued(writer)).isTrue();
        semaphore.removeWriter();
    }

    @Test
    void shouldWakeWritersInOrderOfArrivalOneAtATime() {
        semaphore.tryLockFast(running);
        RwWaiter first = queuedWriter(one);
        RwWaiter second = queuedWriter(two);
        RwWaiter third = queuedWriter(three);
        semaphore.removeWriter();
        letInAlone(first);
        letInAlone(second);
        letInAlone(third);
        assertThat(semaphore.count()).isZero();
    }

    @Test
    void shouldMakeHandOffDueToWriterAfterFourMilliseconds() {
        readerByFastPath();
        RwWaiter writer = queuedWriter(one);
        nowNs = HAND_OFF_NS;
        assertThat(semaphore.tryLockQueued(writer)).isFalse();
        assertThat(semaphore.count()).as("it is not over yet").isEqualTo(READER + WAITERS);
        nowNs++;
        assertThat(semaphore.tryLockQueued(writer)).isFalse();
        assertThat(semaphore.count()).isEqualTo(READER + WAITERS + HAND_OFF);
        RwWaiter second = queuedWriter(three);

        semaphore.removeReader();
        assertThat(semaphore.tryLockFast(two)).isFalse();
        assertThat(semaphore.spin(two)).as("a spinner past the hand-off").isFalse();
        assertThat(semaphore.tryLockQueued(second)).as("one behind the head").isFalse();
        assertThat(semaphore.tryLockQueued(writer)).isTrue();
        assertThat(semaphore.count()).isEqualTo(WRITER + WAITERS);
    }

    @Test
    void shouldMakeHandOffDueToRealTimeWriterAtOnce() {
        realTime = true;
        readerByFastPath();
        assertThat(semaphore.tryLockQueued(queuedWriter(one))).isFalse();
        assertThat(semaphore.count()).isEqualTo(READER + WAITERS + HAND_OFF);
    }

    @Test
    void shouldMakeHandOffDueToReaderThatWritersPassForFourMilliseconds() {
        semaphore.tryLockFast(running);
        RwWaiter reader = queuedReader(one);
        semaphore.removeWriter();
        assertThat(semaphore.spin(running)).as("the lock is free").isTrue();
        assertThat(semaphore.wakeAny()).isEmpty();
        assertThat(semaphore.count()).isEqualTo(WRITER + WAITERS);
        nowNs = HAND_OFF_NS + 1;
        assertThat(semaphore.wakeAny()).isEmpty();
        assertThat(semaphore.count()).isEqualTo(WRITER + WAITERS + HAND_OFF);

        semaphore.removeWriter();
        assertThat(semaphore.spin(running)).isFalse();
        assertThat(semaphore.wakeAny()).containsExactly(one);
        assertThat(reader.granted).isTrue();
        assertThat(semaphore.count()).isEqualTo(READER);
    }

    @Test
    @Timeout(60)
    void shouldSpinAsWriterAtLockOfReadersForTenAndAHalfMicrosecondsIfThereIsOne() {
        assertSpinsFor(1, 10_500);
    }

    @Test
    @Timeout(60)
    void shouldSpinAsWriterAtLockOfReadersForAtMost25Microseconds() {
        assertSpinsFor(31, 25_000);
    }

    private void assertSpinsFor(int readers, long ns) {
        nsPerLook = 100;
        for (int i = 0; i < readers; i++) {
            readerByFastPath();
        }
        assertThat(semaphore.spin(one)).isFalse();
        // The first look sets the limit, the last one is beyond it.
        assertThat(nowNs).isBetween(ns + nsPerLook, ns + 3 * nsPerLook);

        looksAtClock = 0;
        assertThat(semaphore.spin(two)).as("others do not spin at the same readers").isFalse();
        assertThat(looksAtClock).isZero();
        for (int i = 0; i < readers; i++) {
            semaphore.removeReader();
        }
        assertThat(semaphore.wakeAny()).isEmpty();
        assertThat(semaphore.spin(two)).as("free again").isTrue();
    }

    @Test
    @Timeout(60)
    void shouldNotSpinAsRealTimeWriterAtLockOfReaders() {
        realTime = true;
        readerByFastPath();
        assertThat(semaphore.spin(one)).isFalse();
        assertThat(looksAtClock).as("it set a limit and left").isOne();
    }

    @Test
    @Timeout(60)
    void shouldNotSpinWhileWriterInsideSleeps() {
        semaphore.tryLockFast(one);
        assertThat(semaphore.spin(running)).isFalse();
        assertThat(looksAtClock).isZero();
    }

    /** Of a writer that asked for hand-off and so need not sleep. */
    @Test
    void shouldWatchWriterInsideWhileItRuns() throws InterruptedException {
        RwSemaphore hasty = new RwSemaphore(10, this::now, () -> false);
        assertThat(hasty.ownerLeftWhileWatched()).as("nobody is inside").isTrue();
        hasty.tryLockFast(running);
        assertThat(hasty.ownerLeftWhileWatched()).as("it stayed for all looks").isFalse();
        hasty.removeWriter();
        assertThat(hasty.ownerLeftWhileWatched()).isTrue();
        hasty.gotShared(hasty.addReader());
        assertThat(hasty.ownerLeftWhileWatched()).as("readers are not watched").isFalse();

        RwSemaphore patient = new RwSemaphore(Integer.MAX_VALUE, this::now, () -> false);
        patient.tryLockFast(one);
        assertThat(patient.ownerLeftWhileWatched()).as("it sleeps").isFalse();
        patient.removeWriter();
        patient.tryLockFast(running);
        AtomicBoolean left = new AtomicBoolean();
        Thread watcher = Threads.start(() -> left.set(patient.ownerLeftWhileWatched()));
        patient.removeWriter();
        Threads.awaitEnd(watcher);
        assertThat(left).as("it left").isTrue();
    }

    @Test
    void shouldLetOneWriterSpinAtATime() {
        RwSemaphore hasty = new RwSemaphore(10, this::now, () -> false);
        SpinnerQueue.Spinner head = hasty.enterSpinners(0);
        assertThat(hasty.spin(one)).as("free, but another one is spinning").isFalse();
        hasty.leaveSpinners(head);
        assertThat(hasty.spin(one)).isTrue();
    }

    @Test
    void shouldLetReaderSleepAtOnceWhereWriterSpins() throws InterruptedException {
        RwSemaphore patient = new RwSemaphore(Integer.MAX_VALUE, this::now, () -> false);
        patient.lockExclusive();
        Thread reader = Threads.start(() -> patient.unlockShared(0, patient.lockShared(0)));
        assertThat(Threads.awaitWaitingOrEnd(reader)).isTrue();
        assertThat(patient.lastSpinner()).isNull();
        assertThat(patient.count()).isEqualTo(WRITER + WAITERS);
        Thread writer = Threads.start(() -> patient.unlockExclusive(patient.lockExclusive()));
        Threads.awaitTrue(() -> patient.lastSpinner() != null, "the writer spins");
        patient.unlockExclusive(0);
        Threads.awaitEnd(writer);
        Threads.awaitEnd(reader);
        assertThat(patient.count()).isZero();
    }
}
