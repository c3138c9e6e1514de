package dev.steward.loadgen.rig;

import java.util.concurrent.locks.LockSupport;

/**
 * Records how much longer than asked a sleep of 1 ms took: what the machine and the JVM did to a thread that wants
 * nothing (the idea of jHiccup).
 */
final class HiccupMeter implements Runnable {
    private static final long SLEEP_NS = 1_000_000;

    private final Clock clock;
    private final Window window;
    private final IntervalRecorder hiccups;

    HiccupMeter(Clock clock, Window window, Recorders recorders) {
        this.clock = clock;
        this.window = window;
        hiccups = recorders.recorder(Tags.HICCUP);
    }

    @Override
    public void run() {
        long due = window.measureFromNs();
        while (window.measureToNs() - due > 0) {
            long now = clock.nowNs();
            while (now - due < 0) {
                LockSupport.parkNanos(due - now);
                now = clock.nowNs();
            }
            hiccups.record(due, now - due);
            // A stall of many periods was one hiccup for this thread, but every period in it had a victim.
            for (due += SLEEP_NS; now - due > 0 && window.measureToNs() - due > 0; due += SLEEP_NS) {
                hiccups.record(due, now - due);
            }
        }
    }
}
