package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpinLockTest {
    private final SpinLock lock = new SpinLock(new UnsafeBuffer(new byte[8]), 0);

    /** A waiter of real-time priority that only yields would keep a preempted holder off their core for ever. */
    @Test
    @Timeout(120)
    void shouldLetWaiterSleepInTheEndSoThatHolderCanRunWhateverItsPriority() throws InterruptedException {
        lock.lock();
        Thread waiter = new Thread(() -> {
            lock.lock();
            lock.unlock();
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        lock.unlock();
        waiter.join();

        assertThat(waiter.isAlive()).isFalse();
    }
}
