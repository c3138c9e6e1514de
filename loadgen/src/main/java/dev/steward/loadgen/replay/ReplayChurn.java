package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogAction;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.loadgen.workload.ChurnSource;
import dev.steward.loadgen.workload.Randomness;

/**
 * The attach operations of a trace as the churn of one of several threads: each stream is one thread's.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal operations.
 */
public final class ReplayChurn implements ChurnSource {
    private final ReplayTrace trace;
    private final ReplayPosition position;
    private final Randomness random;
    private long record;
    private int draw;

    /**
     * Starts at the beginning.
     *
     * @param speed   how many times faster than the log, above 0.
     * @param thread  this thread, 0 to threads - 1.
     * @param threads threads that share the streams, 1 or more.
     */
    public ReplayChurn(ReplayTrace trace, double speed, boolean loop, int thread, int threads, long seed) {
        this.trace = trace;
        position = new ReplayPosition(trace, speed, loop, candidate ->
            trace.action(candidate) != LogAction.EVENT && trace.stream(candidate) % threads == thread);
        random = new Randomness(seed);
    }

    @Override
    public void next() {
        record = position.next();
        draw = (int) (random.nextLong() >>> 33);
    }

    @Override
    public long intendedNs() {
        return position.dueNs(record);
    }

    @Override
    public ChurnKind kind() {
        return kindOf(trace.action(record));
    }

    /**
     * What a line of a log does to a device of a guest; no line names another guest. One that comes or goes does both:
     * a cell keeps its devices.
     */
    static ChurnKind kindOf(LogAction action) {
        return switch (action) {
            case ATTACH -> ChurnKind.SAME_VIOMMU;
            case DETACH -> ChurnKind.DETACH_ATTACH;
            case ADD, REMOVE -> ChurnKind.UNPLUG;
            case EVENT -> throw new IllegalArgumentException("an event is no attach operation");
        };
    }

    @Override
    public int stream() {
        return trace.stream(record);
    }

    @Override
    public int draw() {
        return draw;
    }
}
