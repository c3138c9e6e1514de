package dev.steward.loadgen.load;

import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.workload.SyntheticInvalidations;
import dev.steward.results.Tags;

/**
 * The thread that invalidates for the guests of one SMMU: issues its batches on their schedule. The latency is that of
 * a whole batch, from the call to the completion of its SYNC.
 */
public final class InvalidationLoad implements Runnable {
    private final Clock clock;
    private final OpenLoop loop;
    private final SyntheticInvalidations source;
    private final InvalidationArray array;
    private final IntervalRecorder latency;
    private final IntervalRecorder raw;

    public InvalidationLoad(
        Clock clock, Window window, Pacer pacer, SyntheticInvalidations source, InvalidationArray array,
        Recorders recorders) {
        this.clock = clock;
        loop = new OpenLoop(clock, window, pacer, recorders.recorder(Tags.SLIP_INVALIDATE));
        this.source = source;
        this.array = array;
        latency = recorders.recorder(Tags.INVALIDATE);
        raw = recorders.recorder(Tags.INVALIDATE_RAW);
    }

    @Override
    public void run() {
        loop.begin();
        while (loop.next(nextDueNs())) {
            if (loop.awaitStart()) {
                invalidate();
            }
        }
        loop.end();
    }

    /** Compiled by itself, see {@link dev.steward.loadgen.cell.CompiledApart}. */
    private void invalidate() {
        array.invalidate(source.stream());
        record(clock.nowNs());
        loop.carriedOut();
    }

    private long nextDueNs() {
        source.next();
        return source.intendedNs();
    }

    private void record(long endNs) {
        if (loop.measured()) {
            long intendedNs = loop.intendedNs();
            long startNs = loop.startNs();
            latency.record(intendedNs, endNs - intendedNs);
            raw.record(intendedNs, endNs - startNs);
        }
    }

    public LoadProgress progress() {
        return loop.progress();
    }

    public void addTo(CellReport report) {
        report.add(Count.INVALIDATIONS, array.issued());
        report.add(Count.INVALIDATION_MISSES, array.missed());
        report.add(Count.INVALIDATION_SYNCS, array.syncs());
    }
}
