package dev.steward.loadgen.selfcheck;

import dev.steward.loadgen.record.BusyWait;
import dev.steward.loadgen.record.Clock;

/**
 * One stall of a known length: the thread that passes by first after a given time stands still, once.
 *
 * <p>Threading: planned before the thread starts, passed by that one thread, read after it has ended.
 */
final class Stall {
    private final Clock clock;
    private final long lengthNs;
    private long atNs = Long.MAX_VALUE;
    private boolean over;
    private long beganNs;
    private long endedNs;

    /** Makes a stall of a length above 0 that is not planned yet. */
    Stall(Clock clock, long lengthNs) {
        this.clock = clock;
        this.lengthNs = lengthNs;
    }

    void plan(long timeNs) {
        atNs = timeNs;
    }

    /** Stands still if it is time. */
    void pass() {
        if (over) {
            return;
        }
        beganNs = clock.nowNs();
        if (beganNs - atNs < 0) {
            return;
        }
        over = true;
        BusyWait.forNs(clock, lengthNs);
        endedNs = clock.nowNs();
    }

    boolean happened() {
        return over;
    }

    /** How long it really was: the machine may have stalled in the stall. */
    long tookNs() {
        return endedNs - beganNs;
    }
}
