package dev.steward.loadgen.workload;

/**
 * How the rate of a load moves within a cycle around its mean. The cycle has length 1 and the mean is 1, so a pattern
 * never changes how much is offered, only when.
 *
 * <p>Immutable, any number of threads. Does not allocate.
 */
public interface RatePattern {
    /**
     * When a share of the cycle's arrivals is through: the inverse of the rate added up.
     *
     * @param share 0 inclusive to 1 exclusive.
     * @return 0 to 1, growing with the share but for rounding.
     */
    double timeOf(double share);

    /** The highest rate of the cycle as a factor of the mean, 1 or more. */
    double peak();

    /** All arrivals in the first part of the cycle, above 0 and at most 1 long, none in the rest. */
    static RatePattern onOff(double onShare) {
        return new RatePattern() {
            @Override
            public double timeOf(double share) {
                return share * onShare;
            }

            @Override
            public double peak() {
                return 1 / onShare;
            }
        };
    }

    /**
     * A rate that moves in a straight line over the cycle. As the mean is 1, it ends at 2 - from.
     *
     * @param from rate at the start, 0 to 2.
     */
    static RatePattern ramp(double from) {
        return new RatePattern() {
            @Override
            public double timeOf(double share) {
                // Solves from * t + (1 - from) * t^2 = share, in the form that does not cancel near from = 1.
                double root = Math.sqrt(Math.max(0, from * from + 4 * (1 - from) * share));
                return share == 0 ? 0 : 2 * share / (from + root);
            }

            @Override
            public double peak() {
                return Math.max(from, 2 - from);
            }
        };
    }

    /**
     * Steps of equal length, the rate of each a fixed multiple of the one before.
     *
     * @param count  number of steps, 1 or more.
     * @param factor from one step to the next, above 0; below 1 the steps lead down.
     */
    static RatePattern steps(int count, double factor) {
        double[] rates = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            rates[i] = StrictMath.pow(factor, i);
            sum += rates[i];
        }
        double[] shareUpTo = new double[count];
        double before = 0;
        for (int i = 0; i < count; i++) {
            before += rates[i];
            shareUpTo[i] = before / sum;
        }
        double peak = count * Math.max(rates[0], rates[count - 1]) / sum;
        return new RatePattern() {
            @Override
            public double timeOf(double share) {
                int step = 0;
                while (step < count - 1 && share >= shareUpTo[step]) {
                    step++;
                }
                double from = step == 0 ? 0 : shareUpTo[step - 1];
                return (step + (share - from) / (shareUpTo[step] - from)) / count;
            }

            @Override
            public double peak() {
                return peak;
            }
        };
    }
}
