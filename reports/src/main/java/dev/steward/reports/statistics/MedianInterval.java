package dev.steward.reports.statistics;

import java.util.Arrays;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Interval of the median that independent values scatter about: from the k-th smallest to the k-th largest, with the
 * largest k that leaves the median out no more often than the level allows. How many values lie below the median is
 * binomial with 1/2 whatever their distribution, so this holds for tails of any shape, and with few values too. Source:
 * H. David, H. Nagaraja, Order Statistics (2003), section 7.1.
 */
public final class MedianInterval {
    private MedianInterval() {
    }

    /**
     * The interval at a level of confidence, above 0 and below 1; a value that stands twice counts twice.
     *
     * @return null if there are too few values for the level
     */
    public static Interval of(double[] values, double level) {
        int left = leftOut(values.length, level);
        if (left < 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Interval(sorted[left], sorted[sorted.length - 1 - left], level);
    }

    /** {@return how few values give an interval of this level} */
    public static int fewest(double level) {
        int count = 1;
        while (leftOut(count, level) < 0) {
            count++;
        }
        return count;
    }

    /** Values to leave out on either side; -1 if even the whole range is too little. */
    private static int leftOut(int count, double level) {
        BinomialDistribution below = new BinomialDistribution(count, 0.5);
        int left = -1;
        while (2 * below.cumulativeProbability(left + 1) <= 1 - level) {
            left++;
        }
        return left;
    }
}
