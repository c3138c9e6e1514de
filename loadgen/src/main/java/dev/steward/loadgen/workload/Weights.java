package dev.steward.loadgen.workload;

import java.util.Arrays;

/**
 * The laws by which a load prefers some streams over others, as weights for a {@link WeightedChoice}.
 */
public final class Weights {
    private Weights() {
    }

    /**
     * All items alike.
     *
     * @param count number of items, 1 or more.
     * @return one weight per item.
     */
    public static double[] uniform(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1);
        return weights;
    }

    /**
     * Zipf: item i has weight 1 / (i + 1)^exponent.
     *
     * @param count    number of items, 1 or more.
     * @param exponent skew, 0 (uniform) or more.
     * @return one weight per item, largest first.
     */
    public static double[] zipf(int count, double exponent) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = 1 / StrictMath.pow(i + 1, exponent);
        }
        return weights;
    }

    /**
     * One hot item, the others share the rest evenly.
     *
     * @param count    number of items, 1 or more.
     * @param hotShare share of item 0, 0 to 1; a single item is always chosen.
     * @return one weight per item.
     */
    public static double[] hot(int count, double hotShare) {
        double[] weights = uniform(count);
        if (count > 1) {
            Arrays.fill(weights, (1 - hotShare) / (count - 1));
            weights[0] = hotShare;
        }
        return weights;
    }
}
