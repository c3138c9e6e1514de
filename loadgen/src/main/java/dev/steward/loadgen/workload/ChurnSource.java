package dev.steward.loadgen.workload;

/**
 * The attach churn of one thread: when each operation is due, what it does and to which stream.
 *
 * <p>Threading: one thread. Does not allocate. Equal arguments give equal operations.
 */
public final class ChurnSource {
    private final ArrivalProcess arrivals;
    private final WeightedChoice kinds;
    private final WeightedChoice streams;
    private final Randomness random;
    private long intendedNs;
    private ChurnKind kind;
    private int stream;
    private int draw;

    /**
     * Makes a source.
     *
     * @param arrivals when.
     * @param kinds    over the ordinals of {@link ChurnKind}.
     * @param streams  over the positions of the streams this thread may change.
     * @param seed     of the choices.
     */
    public ChurnSource(ArrivalProcess arrivals, WeightedChoice kinds, WeightedChoice streams, long seed) {
        this.arrivals = arrivals;
        this.kinds = kinds;
        this.streams = streams;
        this.random = new Randomness(seed);
    }

    /** Goes on to the next operation; the other methods then tell of it. */
    public void next() {
        intendedNs = arrivals.nextNs();
        kind = ChurnKind.of(kinds.next(random));
        stream = streams.next(random);
        draw = (int) (random.nextLong() >>> 33);
    }

    /**
     * When it is due.
     *
     * @return nanoseconds after the start of the load.
     */
    public long intendedNs() {
        return intendedNs;
    }

    /**
     * What it does.
     *
     * @return kind of operation.
     */
    public ChurnKind kind() {
        return kind;
    }

    /**
     * Which stream it changes.
     *
     * @return position among the streams of this thread.
     */
    public int stream() {
        return stream;
    }

    /**
     * A draw to choose the new vIOMMU with.
     *
     * @return 0 to 2^31 - 1, uniform.
     */
    public int draw() {
        return draw;
    }
}
