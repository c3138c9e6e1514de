package dev.steward.loadgen.workload;

import java.util.Arrays;

/** The laws by which a load prefers some streams over others, as weights for a {@link WeightedChoice}. */
public final class Weights {
    /** Shares such as ten times 0.1 add up to 1 but for this. */
    private static final double ROUNDING = 1e-9;

    private Weights() {
    }

    /** So many items, 1 or more, all alike. */
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
     */
    public static double[] hot(int count, double hotShare) {
        double[] weights = uniform(count);
        if (count > 1) {
            Arrays.fill(weights, (1 - hotShare) / (count - 1));
            weights[0] = hotShare;
        }
        return weights;
    }

    /**
     * Shares of guests, each spread evenly over the streams of the guest. Guests without a share of their own divide
     * evenly what the given ones leave of 1. A share of a guest without streams is offered to nobody: the others keep
     * their proportions.
     *
     * @param guestOfStream number of the guest that each stream belongs to, 0 or more.
     * @param shares        share of guest 0, 1 and so on, 0 to 1 each, at most 1 in all; may be short or empty.
     * @throws IllegalArgumentException if the shares are not allowed or leave nothing to any stream.
     */
    public static double[] guests(int[] guestOfStream, double... shares) {
        double given = 0;
        for (double share : shares) {
            if (!(share >= 0)) {
                throw new IllegalArgumentException("share " + share + " is not 0 or more");
            }
            given += share;
        }
        if (given > 1 + ROUNDING) {
            throw new IllegalArgumentException("the shares of the guests add up to " + given + ", over 1");
        }
        int[] streamsOf = new int[Arrays.stream(guestOfStream).max().orElse(0) + 1];
        for (int guest : guestOfStream) {
            streamsOf[guest]++;
        }
        int others = 0;
        for (int guest = shares.length; guest < streamsOf.length; guest++) {
            others += streamsOf[guest] > 0 ? 1 : 0;
        }
        double rest = given > 1 - ROUNDING ? 0 : 1 - given;
        double[] weights = new double[guestOfStream.length];
        double sum = 0;
        for (int stream = 0; stream < weights.length; stream++) {
            int guest = guestOfStream[stream];
            weights[stream] = (guest < shares.length ? shares[guest] : rest / others) / streamsOf[guest];
            sum += weights[stream];
        }
        if (sum == 0) {
            throw new IllegalArgumentException("no guest that has streams has a share above 0");
        }
        return weights;
    }
}
