package dev.steward.jmh;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the attach thread writes next. */
@State(Scope.Thread)
public class WriterState {
    private static final int SEED = 7919;

    private StreamIds streamIds;
    private int round;

    /** Seeds the choice of streams. */
    @Setup(Level.Trial)
    public void setUp(GuardState state) {
        streamIds = new StreamIds(state.entries, SEED);
    }

    void commit(GuardState state) {
        int streamId = streamIds.next();
        state.attach(streamId, GuardState.attachmentOf(streamId, nextRound()));
    }

    int nextRound() {
        return ++round;
    }
}
