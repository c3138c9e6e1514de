package dev.steward.reports.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Interval of a quantile that is taken over several repeats added up: draws repeats with replacement, adds their
 * counts up, takes the quantile, a thousand times over. The repeat is what is drawn, since values within one repeat
 * share a JVM and a stretch of time. Expanded percentile interval: the percentiles are moved outwards as Student's t
 * asks for so few repeats. Sources: B. Efron, R. Tibshirani, An Introduction to the Bootstrap, chapter 13; T.
 * Hesterberg, What teachers should know about the bootstrap, Am. Statist. 69 (2015), for the expansion. Not safe for
 * use by several threads.
 */
public final class QuantileBootstrap {
    /** Fewest repeats that give an interval: below it, too few different draws exist. */
    public static final int FEWEST_REPEATS = 5;

    private static final int DRAWS = 1000;

    private final double[] grid;
    /** By repeat: values up to each point of the grid. */
    private final long[][] upTo;
    private final int[][] draws;

    /** Takes the repeats: of each the values that occurred, ascending, and how often. */
    public QuantileBootstrap(double[][] values, long[][] counts, long seed) {
        grid = Arrays.stream(values).flatMapToDouble(Arrays::stream).sorted().distinct().toArray();
        upTo = new long[values.length][grid.length];
        for (int repeat = 0; repeat < values.length; repeat++) {
            int next = 0;
            long sum = 0;
            for (int point = 0; point < grid.length; point++) {
                if (next < values[repeat].length && values[repeat][next] == grid[point]) {
                    sum += counts[repeat][next++];
                }
                upTo[repeat][point] = sum;
            }
        }
        draws = draw(values.length, seed);
    }

    private static int[][] draw(int repeats, long seed) {
        int[][] draws = new int[repeats < FEWEST_REPEATS ? 0 : DRAWS][repeats];
        SplittableRandom random = new SplittableRandom(seed);
        for (int[] weights : draws) {
            for (int i = 0; i < repeats; i++) {
                weights[random.nextInt(repeats)]++;
            }
        }
        return draws;
    }

    /**
     * The interval of a quantile.
     *
     * @param quantile above 0, below 1
     * @param level    of confidence, above 0 and below 1
     * @return in the unit of the values; null with fewer than {@link #FEWEST_REPEATS} repeats or without values
     */
    public Interval interval(double quantile, double level) {
        if (draws.length == 0 || grid.length == 0) {
            return null;
        }
        double[] drawn = new double[draws.length];
        int size = 0;
        for (int[] weights : draws) {
            double value = quantileOf(weights, quantile);
            if (!Double.isNaN(value)) {
                drawn[size++] = value;
            }
        }
        double[] sorted = Arrays.copyOf(drawn, size);
        Arrays.sort(sorted);
        int repeats = upTo.length;
        double t = new TDistribution(repeats - 1).inverseCumulativeProbability((1 - level) / 2);
        double tail = new NormalDistribution().cumulativeProbability(t * Math.sqrt(repeats / (repeats - 1.0)));
        int cut = (int) Math.floor(tail * (size - 1));
        return new Interval(sorted[cut], sorted[size - 1 - cut], level);
    }

    private double quantileOf(int[] weights, double quantile) {
        long all = upTo(weights, grid.length - 1);
        if (all == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(Math.nextDown(quantile * 100) * all / 100));
        int low = 0;
        int high = grid.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo(weights, middle) >= rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return grid[low];
    }

    private long upTo(int[] weights, int point) {
        long sum = 0;
        for (int repeat = 0; repeat < weights.length; repeat++) {
            if (weights[repeat] > 0) {
                sum += weights[repeat] * upTo[repeat][point];
            }
        }
        return sum;
    }
}
