package dev.steward.loadgen.load;

import dev.steward.loadgen.record.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for an intended time. Never moves the schedule: a load that is late starts at once and its lateness counts.
 */
public final class Pacer {
    private final Clock clock;
    private final long spinNs;

    /** Makes a pacer that stops parking and starts spinning so long before the time; 0 to park only. */
    public Pacer(Clock clock, long spinNs) {
        this.clock = clock;
        this.spinNs = spinNs;
    }

    /**
     * Waits until a time has come, and returns when the wait ended, which is not before that time, unless the thread is
     * interrupted.
     */
    long awaitNs(long intendedNs) {
        while (true) {
            long now = clock.nowNs();
            long left = intendedNs - now;
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return now;
            }
            if (left > spinNs) {
                LockSupport.parkNanos(left - spinNs);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
