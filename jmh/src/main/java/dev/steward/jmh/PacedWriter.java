package dev.steward.jmh;

import dev.steward.engine.smmu.GuardStatistics;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** The one writer beside readers: its schedule, and what it and the guard had to do in the measured iterations. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class PacedWriter {
    private static final double IDLE_ROUNDS_PER_SECOND = 1_000;

    /** Commits that were timed: all of a writer with a pace, none of an unlimited one, whose figure is its commit. */
    public long timedCommits;

    /** What they took together, from their real start, nanoseconds. */
    public long timedCommitsNs;

    /** Optimistic reads that were repeated. */
    public long retries;

    /** Commits that waited for a reader, and grace periods. */
    public long waits;

    /** Reads that gave up their fast path. */
    public long fallbacks;

    private GuardState guards;
    private GuardStatistics before;
    private Pace pace;
    private boolean writes;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin(WriterPace writer, GuardState state, ThreadParams params) {
        if (params.getGroupCount() > 1) {
            throw new IllegalArgumentException(params.getGroupCount()
                + " writers are not allowed; give k readers beside the one writer as -tg k,1, without -t");
        }
        begin(writer.writesPerSecond, state);
    }

    final void begin(String writesPerSecond, GuardState state) {
        guards = state;
        guards.users.enter();
        before = state.guard.statistics();
        writes = !writesPerSecond.equals("0");
        pace = writesPerSecond.equals("unlimited") ? null
            : new Pace(writes ? Double.parseDouble(writesPerSecond) : IDLE_ROUNDS_PER_SECOND);
        if (pace != null) {
            pace.start();
        }
    }

    void write(GuardState state, WriterState next) {
        if (pace == null) {
            next.commit(state);
            return;
        }
        pace.awaitNext();
        if (writes) {
            long startNs = System.nanoTime();
            next.commit(state);
            timedCommitsNs += System.nanoTime() - startNs;
            timedCommits++;
        }
    }

    /** Ends an iteration. */
    @TearDown(Level.Iteration)
    public void end() {
        GuardStatistics now = guards.guard.statistics();
        retries = now.retries() - before.retries();
        waits = now.readerWaits() - before.readerWaits() + now.gracePeriods() - before.gracePeriods();
        fallbacks = now.fallbacks() - before.fallbacks();
        guards.users.leave();
    }
}
