package dev.steward.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.ThreadParams;

/** One of the event sources of an SMMU: which streams its events are of, and what a report of one costs. */
@State(Scope.Thread)
public class EventSource {
    /** Work of a report beyond the writing of its record, in tokens of {@link Blackhole#consumeCPU}. */
    @Param({"0", "200"})
    public int sectionTokens;

    /** "shared": all sources draw from all streams; "own": each from a part of its own, all parts of equal size. */
    @Param("shared")
    public String streams;

    private RecordSink sink;
    private StreamIds streamIds;
    private int firstStreamId;

    /** Chooses the streams. */
    @Setup
    public void setUp(GuardState state, ThreadParams params) {
        setUp(state, params.getThreadIndex(), params.getThreadCount());
    }

    final void setUp(GuardState state, int thread, int threads) {
        if (sectionTokens < 0) {
            throw new IllegalArgumentException("sectionTokens=" + sectionTokens + " is not allowed; 0 or more");
        }
        int length = switch (streams) {
            case "shared" -> state.entries;
            case "own" -> Integer.highestOneBit(state.entries / threads);
            default -> throw new IllegalArgumentException("streams=" + streams + " is not allowed; shared or own");
        };
        if (length == 0) {
            throw new IllegalArgumentException(
                "entries=" + state.entries + " is not enough; one for each of " + threads + " threads");
        }
        firstStreamId = length == state.entries ? 0 : length * thread;
        streamIds = new StreamIds(length, thread);
        sink = new RecordSink(sectionTokens);
    }

    /** A batch as the handler drains it: for each event the first look-up, then the report. */
    void drain(GuardState.ReaderState state, Blackhole blackhole) {
        for (int i = 0; i < GuardState.ReaderState.BATCH; i++) {
            int streamId = firstStreamId + streamIds.next();
            state.reader.lookUp(streamId);
            int result = state.reader.report(streamId, sink);
            if (result < 0) {
                throw new IllegalStateException("an event of stream " + streamId + " was not reported but " + result);
            }
            blackhole.consume(result);
        }
        state.reader.quiesce();
    }
}
