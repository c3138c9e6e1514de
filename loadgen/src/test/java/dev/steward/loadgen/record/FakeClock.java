package dev.steward.loadgen.record;

import java.util.concurrent.locks.LockSupport;

/**
 * Time that passes by being read. Each read leaves the reader a permit, so that its next park returns at once and no
 * test sleeps. May stand still for a stall of the machine, once, wherever the reader is then.
 */
public final class FakeClock implements Clock {
    private final long tickNs;
    private long nowNs;
    private long stallAtNs = Long.MAX_VALUE;
    private long stallNs;

    public FakeClock(long startNs, long tickNs) {
        this.nowNs = startNs;
        this.tickNs = tickNs;
    }

    @Override
    public long nowNs() {
        LockSupport.unpark(Thread.currentThread());
        long now = nowNs;
        advance(tickNs);
        return now;
    }

    public void advance(long ns) {
        nowNs += ns;
        if (nowNs >= stallAtNs) {
            stallAtNs = Long.MAX_VALUE;
            nowNs += stallNs;
        }
    }

    public void stallAt(long atNs, long forNs) {
        stallAtNs = atNs;
        stallNs = forNs;
    }
}
