package dev.steward.loadgen.selfcheck;

import dev.steward.loadgen.record.Clock;

/**
 * A clock that goes on with each look at it and jumps at times, as a machine does that takes the core away: no test by
 * it takes longer or ends differently on a slow machine.
 *
 * <p>Threading: one thread.
 */
final class JumpingClock implements Clock {
    private final long tickNs;
    private final long jumpEveryNs;
    private final long jumpNs;
    private long nowNs;
    private long nextJumpNs;

    /** Starts at 0, and goes on by a tick, 1 or more, from one look to the next. */
    JumpingClock(long tickNs, long jumpEveryNs, long jumpNs) {
        this.tickNs = tickNs;
        this.jumpEveryNs = jumpEveryNs;
        this.jumpNs = jumpNs;
        nextJumpNs = jumpEveryNs;
    }

    @Override
    public long nowNs() {
        nowNs += tickNs;
        if (nowNs >= nextJumpNs) {
            nowNs += jumpNs;
            nextJumpNs += jumpEveryNs;
        }
        return nowNs;
    }
}
