package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Grace periods that end when a test says so; waits are counted, and pass at once unless they are held. */
class FakeGracePeriods implements GracePeriodInput {
    /** Moved by the test. */
    volatile long nowNs;

    private final AtomicInteger waits = new AtomicInteger();
    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private volatile CountDownLatch held = new CountDownLatch(0);

    @Override
    public void await() {
        waits.incrementAndGet();
        boolean interrupted = false;
        while (true) {
            try {
                held.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void call(Runnable callback) {
        callbacks.add(callback);
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    int waits() {
        return waits.get();
    }

    synchronized int called() {
        return callbacks.size();
    }

    /** Whoever waits from now on stays until {@link #letGo()}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        held.countDown();
    }

    /** Ends the grace period that has been asked for longest. */
    void end() {
        Runnable callback;
        synchronized (this) {
            callback = callbacks.remove();
        }
        callback.run();
    }
}
