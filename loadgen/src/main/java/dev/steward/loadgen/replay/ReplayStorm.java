package dev.steward.loadgen.replay;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.workload.StormSource;

/**
 * The events of a trace as a storm.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal arrivals.
 */
public final class ReplayStorm implements StormSource {
    private final ReplayTrace trace;
    private final ReplayPosition position;
    private long serial;

    /** Starts at the beginning, and plays so many times faster than the log, above 0. */
    public ReplayStorm(ReplayTrace trace, double speed, boolean loop) {
        this.trace = trace;
        position = new ReplayPosition(trace, speed, loop, record -> trace.action(record) == LogAction.EVENT);
    }

    @Override
    public void next(EventRecord event) {
        long record = position.next();
        event.intendedNs = position.dueNs(record);
        if (record == ReplayPosition.END) {
            return;
        }
        int streamId = trace.streamId(trace.stream(record));
        event.word0 = EventRecordLayout.withStreamId(trace.word(record, 0), streamId);
        event.word1 = trace.word(record, 1);
        event.word2 = trace.word(record, 2);
        event.word3 = trace.word(record, 3);
        event.serial = serial++;
    }
}
