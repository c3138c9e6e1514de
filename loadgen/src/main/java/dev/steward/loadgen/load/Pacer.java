package dev.steward.loadgen.load;

import dev.steward.engine.stream.Waiting;
import dev.steward.loadgen.record.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for an intended time. Never moves the schedule: a load that is late starts at once and its lateness counts.
 */
public final class Pacer {
    private final Clock clock;
    private final Waiting waiting;
    private final long spinNs;

    /** Makes a pacer that stops parking and starts spinning so long before the time; 0 to park only. */
    public Pacer(Clock clock, long spinNs) {
        this(clock, Waiting.SPIN_PARK, spinNs);
    }

    /** Makes a pacer that waits so; one that may park stops that so long before the time. */
    public Pacer(Clock clock, Waiting waiting, long spinNs) {
        this.clock = clock;
        this.waiting = waiting;
        this.spinNs = waiting.parks() ? spinNs : Long.MAX_VALUE;
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
                waiting.poll();
            }
        }
    }
}
