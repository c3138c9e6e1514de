package dev.steward.loadgen.workload;

/**
 * A renewal process with lognormal gaps: many short ones and a few very long ones.
 *
 * <p>Threading: one thread. Does not allocate.
 */
public final class LognormalArrivals implements ArrivalProcess {
    private final Lognormal gaps;
    private final NsCounter time = new NsCounter();

    /**
     * Makes a process.
     *
     * @param ratePerSecond mean arrivals per second, above 0.
     * @param sigma         standard deviation of the logarithm of a gap, 0 (constant gaps) or more.
     */
    public LognormalArrivals(double ratePerSecond, double sigma, long seed) {
        gaps = new Lognormal(1e9 / ratePerSecond * StrictMath.exp(-sigma * sigma / 2), sigma, seed);
    }

    @Override
    public long nextNs() {
        return time.advance(gaps.next());
    }
}
