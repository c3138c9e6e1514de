package dev.steward.loadgen.workload;

/**
 * The schedule of an open-loop load: made from a seed, before and independent of the clock.
 *
 * <p>Threading: one thread. Equal law, rate and seed give equal arrivals, bit for bit, on every machine.
 */
public interface ArrivalProcess {
    /** Latest arrival, 73 years: a process that is slower still stands there, and adding the start cannot overflow. */
    long MAX_NS = Long.MAX_VALUE / 4;

    /** Next intended arrival in nanoseconds after the start of the load, never decreasing, at most {@link #MAX_NS}. */
    long nextNs();

    /**
     * Constant gaps, computed from the arrival's number and never by adding up, so the schedule cannot drift.
     *
     * @param ratePerSecond arrivals per second, above 0.
     * @return a new process; the first arrival is at 0.
     */
    static ArrivalProcess constant(double ratePerSecond) {
        return new ArrivalProcess() {
            private final double gapNs = 1e9 / ratePerSecond;
            private long arrivals;

            @Override
            public long nextNs() {
                return Math.min(MAX_NS, Math.round(gapNs * arrivals++));
            }
        };
    }

    /** A Poisson process: independent exponential gaps, so many a second on average, above 0. */
    static ArrivalProcess poisson(double ratePerSecond, long seed) {
        return new ArrivalProcess() {
            private final double gapNs = 1e9 / ratePerSecond;
            private final Randomness random = new Randomness(seed);
            private double timeNs;

            @Override
            public long nextNs() {
                timeNs -= gapNs * StrictMath.log(1.0 - random.nextUnit());
                return Math.min(MAX_NS, (long) timeNs);
            }
        };
    }
}
