package dev.steward.loadgen.record;

import dev.steward.loadgen.outlier.SpanLog;
import dev.steward.loadgen.outlier.Spans;
import dev.steward.results.Tags;
import java.util.concurrent.locks.LockSupport;

/**
 * Records how much longer than asked a sleep of 1 ms took: what the machine and the JVM did to a thread that wants
 * nothing (the idea of jHiccup).
 */
public final class HiccupMeter implements Runnable, CellPart {
    private static final long SLEEP_NS = 1_000_000;
    /** A late timer is no stall. */
    private static final long STALL_NS = 200_000;
    private static final int STALLS_KEPT = 8_192;

    private final Clock clock;
    private final Window window;
    private final IntervalRecorder hiccups;
    private final SpanLog stalls = new SpanLog(STALLS_KEPT, STALL_NS);
    private Thread thread;

    public HiccupMeter(Clock clock, Window window, Recorders recorders) {
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
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                LockSupport.parkNanos(due - now);
                now = clock.nowNs();
            }
            hiccups.record(due, now - due);
            stalls.add(due, now);
            // A stall of many periods was one hiccup for this thread, but every period in it had a victim.
            for (due += SLEEP_NS; now - due > 0 && window.measureToNs() - due > 0; due += SLEEP_NS) {
                hiccups.record(due, now - due);
            }
        }
    }

    @Override
    public void start(Threads threads) {
        thread = threads.start("hiccup", this);
    }

    @Override
    public void stop(Threads threads) {
        threads.join(thread);
    }

    /** When this thread was due and did not run, if it was for long. A stall shows from the next millisecond on. */
    @Override
    public void addTo(CellReport report) {
        report.hiccups(Spans.of(stalls.spans()));
    }
}
