package dev.steward.jmh;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Waits for the next intended time of a schedule that is never rebased: who is late catches up.
 *
 * <p>Sleeps over long gaps and spins over their ends and over short ones, so that a slow writer leaves its core alone.
 */
final class Pace {
    private static final long SPIN_NS = 70_000;

    private final LongSupplier nanoClock;
    private final LongConsumer sleepNs;
    private final double gapNs;
    private long startNs;
    private long done;

    Pace(double perSecond) {
        this(perSecond, System::nanoTime, LockSupport::parkNanos);
    }

    Pace(double perSecond, LongSupplier nanoClock, LongConsumer sleepNs) {
        this.nanoClock = nanoClock;
        this.sleepNs = sleepNs;
        gapNs = 1e9 / perSecond;
    }

    void start() {
        startNs = nanoClock.getAsLong();
        done = 0;
    }

    void awaitNext() {
        long dueNs = startNs + (long) (++done * gapNs);
        long leftNs = dueNs - nanoClock.getAsLong();
        while (leftNs > 0) {
            if (leftNs > SPIN_NS) {
                sleepNs.accept(leftNs - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
            leftNs = dueNs - nanoClock.getAsLong();
        }
    }
}
