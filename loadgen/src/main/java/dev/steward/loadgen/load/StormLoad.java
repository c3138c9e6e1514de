package dev.steward.loadgen.load;

import dev.steward.engine.event.EventRecord;
import dev.steward.loadgen.record.Clock;
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
    private final OpenLoop loop;
    private final StormSource source;
    private final EventSink sink;
    private final EventRecord event = new EventRecord();

    public StormLoad(Clock clock, Window window, Pacer pacer, StormSource source, EventSink sink, Recorders recorders) {
        loop = new OpenLoop(clock, window, pacer, recorders.recorder(Tags.SLIP_STORM));
        this.source = source;
        this.sink = sink;
    }

    @Override
    public void run() {
        loop.begin();
        while (loop.next(nextDueNs())) {
            if (loop.awaitStart()) {
                send();
            }
        }
        loop.end();
    }

    /** Compiled by itself, see {@link dev.steward.loadgen.cell.CompiledApart}. */
    private void send() {
        event.intendedNs = loop.intendedNs();
        event.startNs = loop.startNs();
        sink.accept(event);
        loop.carriedOut();
    }

    private long nextDueNs() {
        source.next(event);
        return event.intendedNs;
    }

    public LoadProgress progress() {
        return loop.progress();
    }
}
