package dev.steward.loadgen.load;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.workload.StormSource;
import dev.steward.results.Tags;

/**
 * Plays the storm of one SMMU on its schedule: hands each event over at its intended time, or at once if that has
 * passed.
 *
 * <p>The sink is the hardware side of the event queue (path ring) or the handler itself (path inline).
 */
public final class StormLoad implements Runnable {
    private final Clock clock;
    private final Window window;
    private final Pacer pacer;
    private final StormSource source;
    private final EventSink sink;
    private final LoadProgress progress;
    private final IntervalRecorder lateness;
    private final EventRecord event = new EventRecord();

    public StormLoad(
        Clock clock, Window window, Pacer pacer, StormSource source, EventSink sink, Recorders recorders) {
        this.clock = clock;
        this.window = window;
        this.pacer = pacer;
        this.source = source;
        this.sink = sink;
        progress = new LoadProgress(window);
        lateness = recorders.recorder(Tags.SLIP_STORM);
    }

    @Override
    public void run() {
        pacer.awaitNs(window.startNs());
        progress.running(clock.nowNs());
        while (advance()) {
            long startNs = pacer.awaitNs(event.intendedNs);
            if (startNs > window.giveUpNs()) {
                giveUp();
                break;
            }
            event.startNs = startNs;
            sink.accept(event);
            progress.carriedOut(event.intendedNs, startNs);
            if (window.measures(event.intendedNs)) {
                lateness.record(event.intendedNs, startNs - event.intendedNs);
            }
        }
        pacer.awaitNs(window.measureToNs());
        progress.running(clock.nowNs());
    }

    private boolean advance() {
        source.next(event);
        event.intendedNs += window.startNs();
        return event.intendedNs < window.measureToNs();
    }

    private void giveUp() {
        do {
            progress.givenUp(event.intendedNs);
        } while (advance());
    }

    public LoadProgress progress() {
        return progress;
    }
}
