package dev.steward.loadgen.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the recorders of a cell and keeps them for writing.
 *
 * <p>Threading: recorders are made before the threads start; each then belongs to one thread.
 */
final class Recorders {
    private static final int MAX_INTERVALS = 20;
    private static final long MIN_INTERVAL_NS = 250_000_000L;

    private final Window window;
    private final long intervalNs;
    private final List<IntervalRecorder> all = new ArrayList<>();

    Recorders(Window window) {
        this.window = window;
        this.intervalNs = Math.max(MIN_INTERVAL_NS, (window.lengthNs() + MAX_INTERVALS - 1) / MAX_INTERVALS);
    }

    IntervalRecorder recorder(String tag) {
        IntervalRecorder recorder = new IntervalRecorder(tag, window, intervalNs);
        all.add(recorder);
        return recorder;
    }

    List<IntervalRecorder> all() {
        return all;
    }

    long saturated() {
        return all.stream().mapToLong(IntervalRecorder::saturated).sum();
    }
}
