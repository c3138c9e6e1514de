package dev.steward.loadgen.workload;

/**
 * A renewal process with lognormal gaps: many short ones and a few very long ones.
 *
 * <p>Threading: one thread. Does not allocate.
 */
public final class LognormalArrivals implements ArrivalProcess {
    private final double medianNs;
    private final double sigma;
    private final Randomness random;
    private final NsCounter time = new NsCounter();
    private double spare;
    private boolean hasSpare;

    /**
     * Makes a process.
     *
     * @param ratePerSecond mean arrivals per second, above 0.
     * @param sigma         standard deviation of the logarithm of a gap, 0 (constant gaps) or more.
     */
    public LognormalArrivals(double ratePerSecond, double sigma, long seed) {
        medianNs = 1e9 / ratePerSecond * StrictMath.exp(-sigma * sigma / 2);
        this.sigma = sigma;
        random = new Randomness(seed);
    }

    @Override
    public long nextNs() {
        return time.advance(medianNs * StrictMath.exp(sigma * normal()));
    }

    /** Polar method (Marsaglia and Bray 1964): two at a time, from what StrictMath fixes to the last bit. */
    private double normal() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * random.nextUnit() - 1;
            y = 2 * random.nextUnit() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * scale;
        hasSpare = true;
        return x * scale;
    }
}
