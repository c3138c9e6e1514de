package dev.steward.loadgen.workload;

/**
 * When a guest of one SMMU invalidates, and for which of its devices: batches on a schedule, a stream drawn evenly for
 * each.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal batches.
 */
public final class SyntheticInvalidations {
    private final ArrivalProcess arrivals;
    private final int streams;
    private final Randomness random;
    private long intendedNs;
    private int stream;

    /** Makes a source that draws from so many streams, 1 or more. */
    public SyntheticInvalidations(ArrivalProcess arrivals, int streams, long seed) {
        this.arrivals = arrivals;
        this.streams = streams;
        random = new Randomness(seed);
    }

    /** Moves on to the next batch; before the first one. */
    public void next() {
        intendedNs = arrivals.nextNs();
        stream = random.nextInt(streams);
    }

    /** When the batch is due, in nanoseconds after the start of the load. */
    public long intendedNs() {
        return intendedNs;
    }

    /** Number of the stream whose translations are invalidated, from 0. */
    public int stream() {
        return stream;
    }
}
