package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HandOffMutexTest {
    private static final int THREADS = 3;
    private static final int ROUNDS = 20_000;

    private final HandOffMutex mutex = new HandOffMutex();
    private long count;

    @Test
    @Timeout(60)
    void shouldExclude() throws InterruptedException {
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = new Thread(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    mutex.lock();
                    count++;
                    mutex.unlock();
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(count).isEqualTo((long) THREADS * ROUNDS);
    }

    /** A handler that drains a full queue takes the lock again at once; a plain unfair lock may starve the waiter. */
    @Test
    @Timeout(60)
    void shouldLetAWaiterInAlthoughTheOwnerTakesTheLockAgainAtOnce() throws InterruptedException {
        CountDownLatch letIn = new CountDownLatch(1);
        mutex.lock();
        Thread waiter = new Thread(() -> {
            mutex.lock();
            letIn.countDown();
            mutex.unlock();
        });
        waiter.start();
        long sections = 0;
        while (letIn.getCount() > 0) {
            mutex.unlock();
            mutex.lock();
            sections++;
        }
        mutex.unlock();
        waiter.join();

        assertThat(sections).isPositive();
        assertThat(letIn.await(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(60)
    void shouldNotLoseTheInterruptOfAWaiter() throws InterruptedException {
        boolean[] interrupted = new boolean[1];
        mutex.lock();
        Thread waiter = new Thread(() -> {
            mutex.lock();
            interrupted[0] = Thread.currentThread().isInterrupted();
            mutex.unlock();
        });
        waiter.start();
        waiter.interrupt();
        while (waiter.getState() == Thread.State.NEW || waiter.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        mutex.unlock();
        waiter.join();

        assertThat(interrupted[0]).isTrue();
    }
}
