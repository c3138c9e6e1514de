package dev.steward.loadgen.workload;

/**
 * Draws from a fixed discrete distribution in constant time: the alias method (Walker 1977, in the form of Vose 1991).
 *
 * <p>Immutable, any number of threads, each with its own {@link Randomness}. Does not allocate when drawing.
 */
public final class WeightedChoice {
    private final double[] keep;
    private final int[] alias;

    private WeightedChoice(double[] keep, int[] alias) {
        this.keep = keep;
        this.alias = alias;
    }

    /**
     * Any weights.
     *
     * @param weights one per item, none negative, sum above 0 and finite.
     * @return a distribution over 0 to weights.length - 1.
     * @throws IllegalArgumentException if there is nothing to choose.
     */
    public static WeightedChoice of(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight " + weight + " is not 0 or more");
            }
            sum += weight;
        }
        if (!(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException("the weights add up to " + sum + ": nothing to choose from");
        }
        int n = weights.length;
        double[] scaled = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smallCount = 0;
        int largeCount = 0;
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] * n / sum;
            if (scaled[i] < 1) {
                small[smallCount++] = i;
            } else {
                large[largeCount++] = i;
            }
        }
        double[] keep = new double[n];
        int[] alias = new int[n];
        while (smallCount > 0 && largeCount > 0) {
            int less = small[--smallCount];
            int more = large[--largeCount];
            keep[less] = scaled[less];
            alias[less] = more;
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) {
                small[smallCount++] = more;
            } else {
                large[largeCount++] = more;
            }
        }
        while (largeCount > 0) {
            keep[large[--largeCount]] = 1;
        }
        while (smallCount > 0) {
            // Only rounding leaves one behind here: its true share is 1.
            keep[small[--smallCount]] = 1;
        }
        return new WeightedChoice(keep, alias);
    }

    /** Draws an item, 0 to {@link #count()} - 1. */
    public int next(Randomness random) {
        int i = random.nextInt(keep.length);
        return random.nextUnit() < keep[i] ? i : alias[i];
    }

    /** Number of items, 1 or more. */
    public int count() {
        return keep.length;
    }
}
