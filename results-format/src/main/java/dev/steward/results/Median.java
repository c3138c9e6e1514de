package dev.steward.results;

import java.util.Arrays;

/** The middle of values. */
public final class Median {
    private Median() {
    }

    /** {@return the median: the middle one, or the mean of the middle two; NaN without values} */
    public static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length == 0 ? Double.NaN
            : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
