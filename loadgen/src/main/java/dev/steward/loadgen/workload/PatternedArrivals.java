package dev.steward.loadgen.workload;

/**
 * A Poisson process whose rate follows a pattern, again and again: a Poisson process of constant rate, counted in
 * cycles and bent by the inverse of the pattern (inversion, Cinlar 1975). So every cycle has the mean rate.
 *
 * <p>Drifts not: the number of whole cycles is an integer, and only the share of the current one is added up.
 *
 * <p>Threading: one thread. Does not allocate.
 */
public final class PatternedArrivals implements ArrivalProcess {
    private final RatePattern pattern;
    private final double cyclesPerArrival;
    private final long leadNs;
    private final long cycleNs;
    private final long maxCycles;
    private final Randomness random;
    private long cycles;
    private double share;
    private long lastNs;

    /**
     * Makes a process.
     *
     * @param ratePerSecond mean arrivals per second, above 0.
     * @param leadNs        time before the first cycle, at the mean rate, 0 or more.
     * @param cycleNs       length of a cycle, 1 or more.
     */
    public PatternedArrivals(RatePattern pattern, double ratePerSecond, long leadNs, long cycleNs, long seed) {
        this.pattern = pattern;
        this.leadNs = leadNs;
        this.cycleNs = cycleNs;
        cyclesPerArrival = 1e9 / ratePerSecond / cycleNs;
        maxCycles = (MAX_NS - leadNs) / cycleNs - 1;
        random = new Randomness(seed);
        share = -(double) leadNs / cycleNs;
    }

    @Override
    public long nextNs() {
        share -= cyclesPerArrival * StrictMath.log(1.0 - random.nextUnit());
        if (share >= 1) {
            if (!(share < maxCycles - cycles)) {
                cycles = maxCycles;
                return MAX_NS;
            }
            long whole = (long) share;
            cycles += whole;
            share -= whole;
        }
        double ofCycle = share < 0 ? share : Math.min(1, pattern.timeOf(share));
        // Rounding in the pattern may set an arrival back by a hair, which must not show as time running backwards.
        lastNs = Math.max(lastNs, leadNs + cycles * cycleNs + (long) Math.floor(ofCycle * cycleNs));
        return lastNs;
    }
}
