package dev.steward.loadgen.workload;

/**
 * A Markov-modulated Poisson process of two states, quiet and busy (Fischer and Meier-Hellstern, "The Markov-modulated
 * Poisson process cookbook", 1993). The time in a state is exponential; arrivals are Poisson at the rate of the state.
 * It starts in equilibrium, so the expected number of arrivals of any window is that of the mean rate.
 *
 * <p>Threading: one thread. Does not allocate.
 */
public final class MarkovArrivals implements ArrivalProcess {
    /**
     * With fewer arrivals per cycle the states average out between two arrivals: the index of dispersion differs from
     * that of a Poisson process by twice this at most, and a Poisson process it is then.
     */
    private static final double MIN_PER_CYCLE = 1e-3;
    private static final int QUIET = 0;
    private static final int BUSY = 1;

    private final double[] stayNs;
    private final double[] gapNs;
    private final Randomness arrivals;
    private final Randomness states;
    private final NsCounter time = new NsCounter();
    private int state;
    private double leftNs;

    /**
     * Makes a process.
     *
     * @param ratePerSecond mean arrivals per second, above 0.
     * @param quietNs       mean length of a quiet time, above 0.
     * @param busyNs        mean length of a busy time, above 0.
     * @param ratio         rate when busy by rate when quiet, 1 or more.
     */
    public MarkovArrivals(double ratePerSecond, double quietNs, double busyNs, double ratio, long seed) {
        arrivals = new Randomness(seed);
        states = new Randomness(Randomness.derive(seed, "states"));
        double meanGapNs = 1e9 / ratePerSecond;
        double peak = peak(quietNs, busyNs, ratio);
        gapNs = new double[] {meanGapNs * ratio / peak, meanGapNs / peak};
        stayNs = new double[] {quietNs, busyNs};
        if ((quietNs + busyNs) / meanGapNs < MIN_PER_CYCLE) {
            gapNs[QUIET] = meanGapNs;
            leftNs = Double.POSITIVE_INFINITY;
        } else {
            state = states.nextUnit() * (quietNs + busyNs) < quietNs ? QUIET : BUSY;
            leftNs = stay();
        }
    }

    /**
     * The rate when busy.
     *
     * @param quietNs mean length of a quiet time, above 0.
     * @param busyNs  mean length of a busy time, above 0.
     * @param ratio   rate when busy by rate when quiet, 1 or more.
     * @return as a factor of the mean rate, 1 or more.
     */
    public static double peak(double quietNs, double busyNs, double ratio) {
        return ratio * (quietNs + busyNs) / (quietNs + ratio * busyNs);
    }

    @Override
    public long nextNs() {
        double needed = -StrictMath.log(1.0 - arrivals.nextUnit());
        while (needed * gapNs[state] >= leftNs) {
            needed -= leftNs / gapNs[state];
            if (time.advance(leftNs) == MAX_NS) {
                return MAX_NS;
            }
            state = BUSY - state;
            leftNs = stay();
        }
        double ownNs = Math.max(0, needed * gapNs[state]);
        leftNs -= ownNs;
        return time.advance(ownNs);
    }

    private double stay() {
        return -stayNs[state] * StrictMath.log(1.0 - states.nextUnit());
    }
}
