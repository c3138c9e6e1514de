package dev.steward.loadgen.rig;

import dev.steward.loadgen.workload.SyntheticInvalidations;

/**
 * The thread that invalidates for the guests of one SMMU: issues its batches on their schedule. The latency is that of
 * a whole batch, from the call to the completion of its SYNC.
 */
final class InvalidationLoad implements Runnable {
    private final Clock clock;
    private final Window window;
    private final Pacer pacer;
    private final SyntheticInvalidations source;
    private final InvalidationArray array;
    private final LoadProgress progress;
    private final IntervalRecorder latency;
    private final IntervalRecorder raw;
    private final IntervalRecorder slip;

    InvalidationLoad(
        Clock clock, Window window, SyntheticInvalidations source, InvalidationArray array, Recorders recorders) {
        this.clock = clock;
        this.window = window;
        this.source = source;
        this.array = array;
        pacer = new Pacer(clock, 0);
        progress = new LoadProgress(window);
        latency = recorders.recorder(Tags.INVALIDATE);
        raw = recorders.recorder(Tags.INVALIDATE_RAW);
        slip = recorders.recorder(Tags.SLIP_INVALIDATE);
    }

    @Override
    public void run() {
        pacer.awaitNs(window.startNs());
        progress.running(clock.nowNs());
        long intendedNs = advance();
        while (intendedNs < window.measureToNs()) {
            long startNs = pacer.awaitNs(intendedNs);
            if (startNs > window.giveUpNs()) {
                for (; intendedNs < window.measureToNs(); intendedNs = advance()) {
                    progress.givenUp(intendedNs);
                }
                break;
            }
            array.invalidate(source.stream());
            record(intendedNs, startNs, clock.nowNs());
            progress.carriedOut(intendedNs, startNs);
            intendedNs = advance();
        }
        pacer.awaitNs(window.measureToNs());
        progress.running(clock.nowNs());
    }

    private long advance() {
        source.next();
        return window.startNs() + source.intendedNs();
    }

    private void record(long intendedNs, long startNs, long endNs) {
        if (window.measures(intendedNs)) {
            latency.record(intendedNs, endNs - intendedNs);
            raw.record(intendedNs, endNs - startNs);
            slip.record(intendedNs, startNs - intendedNs);
        }
    }

    LoadProgress progress() {
        return progress;
    }

    InvalidationArray array() {
        return array;
    }
}
