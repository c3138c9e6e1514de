package dev.steward.loadgen.workload;

/**
 * An attach churn whose operations are drawn from laws.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal operations.
 */
public final class SyntheticChurn implements ChurnSource {
    private final ArrivalProcess arrivals;
    private final WeightedChoice kinds;
    private final WeightedChoice streams;
    private final Randomness random;
    private long intendedNs;
    private ChurnKind kind;
    private int stream;
    private int draw;

    /** Makes a source; the streams are drawn over the positions of those that this thread may change. */
    public SyntheticChurn(ArrivalProcess arrivals, WeightedChoice kinds, WeightedChoice streams, long seed) {
        this.arrivals = arrivals;
        this.kinds = kinds;
        this.streams = streams;
        this.random = new Randomness(seed);
    }

    @Override
    public void next() {
        intendedNs = arrivals.nextNs();
        kind = ChurnKind.of(kinds.next(random));
        stream = streams.next(random);
        draw = (int) (random.nextLong() >>> 33);
    }

    @Override
    public long intendedNs() {
        return intendedNs;
    }

    @Override
    public ChurnKind kind() {
        return kind;
    }

    @Override
    public int stream() {
        return stream;
    }

    @Override
    public int draw() {
        return draw;
    }
}
