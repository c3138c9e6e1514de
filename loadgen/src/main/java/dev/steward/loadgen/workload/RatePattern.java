package dev.steward.loadgen.workload;

import java.util.function.DoubleUnaryOperator;

/**
 * How the rate of a load moves within a cycle around its mean. The cycle has length 1 and the mean is 1, so a pattern
 * never changes how much is offered, only when.
 *
 * <p>Immutable, any number of threads. Does not allocate.
 *
 * @param inverse of the rate added up, see {@link #timeOf}.
 * @param peak    the highest rate of the cycle as a factor of the mean, 1 or more.
 */
public record RatePattern(DoubleUnaryOperator inverse, double peak) {
    /**
     * When a share of the cycle's arrivals is through.
     *
     * @param share 0 inclusive to 1 exclusive.
     * @return 0 to 1, growing with the share but for rounding.
     */
    public double timeOf(double share) {
        return inverse.applyAsDouble(share);
    }

    /** All arrivals in the first part of the cycle, above 0 and at most 1 long, none in the rest. */
    public static RatePattern onOff(double onShare) {
        return new RatePattern(share -> share * onShare, 1 / onShare);
    }

    /**
     * A rate that moves in a straight line over the cycle. As the mean is 1, it ends at 2 - from.
     *
     * @param from rate at the start, 0 to 2.
     */
    public static RatePattern ramp(double from) {
        return new RatePattern(share -> {
            // Solves from * t + (1 - from) * t^2 = share, in the form that does not cancel near from = 1.
            double root = Math.sqrt(Math.max(0, from * from + 4 * (1 - from) * share));
            return share == 0 ? 0 : 2 * share / (from + root);
        }, Math.max(from, 2 - from));
    }

    /**
     * Steps of equal length, the rate of each a fixed multiple of the one before.
     *
     * @param count  number of steps, 1 or more.
     * @param factor from one step to the next, above 0; below 1 the steps lead down.
     */
    public static RatePattern steps(int count, double factor) {
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
        return new RatePattern(share -> {
            int step = 0;
            while (step < count - 1 && share >= shareUpTo[step]) {
                step++;
            }
            double from = step == 0 ? 0 : shareUpTo[step - 1];
            return (step + (share - from) / (shareUpTo[step] - from)) / count;
        }, count * Math.max(rates[0], rates[count - 1]) / sum);
    }
}
