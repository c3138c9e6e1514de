package dev.steward.reports.statistics;

import dev.steward.results.Median;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.stat.correlation.KendallsCorrelation;

/**
 * How far two orders of the same things agree: Kendall's tau-b, 1 for the same order, -1 for the opposite one. Source:
 * M. Kendall, The treatment of ties in ranking problems, Biometrika 33 (1945).
 *
 * @param tau      NaN if there are fewer than two things, or all are equal in one of the orders
 * @param interval by bootstrap over things and repeats; null with fewer than three things
 */
public record KendallTau(double tau, Interval interval) {
    private static final int DRAWS = 1000;
    private static final int FEWEST = 3;

    /**
     * Takes the orders of medians.
     *
     * @param first  repeats of each thing, none of them empty
     * @param second the same things in the same order
     * @param level  of the interval, above 0 and below 1
     * @param seed   of the draws
     */
    public static KendallTau of(List<double[]> first, List<double[]> second, double level, long seed) {
        double tau = tau(first.stream().mapToDouble(Median::of).toArray(),
            second.stream().mapToDouble(Median::of).toArray());
        if (first.size() < FEWEST) {
            return new KendallTau(tau, null);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[DRAWS];
        int size = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] firsts = first.stream().mapToDouble(values -> Median.of(resampled(values, random))).toArray();
            double[] seconds = second.stream().mapToDouble(values -> Median.of(resampled(values, random))).toArray();
            double[] ours = new double[firsts.length];
            double[] theirs = new double[firsts.length];
            for (int i = 0; i < ours.length; i++) {
                // A thing that is drawn twice is tied with itself, in both orders.
                int thing = random.nextInt(firsts.length);
                ours[i] = firsts[thing];
                theirs[i] = seconds[thing];
            }
            double one = tau(ours, theirs);
            if (!Double.isNaN(one)) {
                drawn[size++] = one;
            }
        }
        double[] sorted = Arrays.copyOf(drawn, size);
        Arrays.sort(sorted);
        int cut = (int) Math.floor((1 - level) / 2 * (size - 1));
        return new KendallTau(tau, size == 0 ? null : new Interval(sorted[cut], sorted[size - 1 - cut], level));
    }

    private static double tau(double[] ours, double[] theirs) {
        return ours.length < 2 ? Double.NaN : new KendallsCorrelation().correlation(ours, theirs);
    }

    private static double[] resampled(double[] values, SplittableRandom random) {
        double[] drawn = new double[values.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = values[random.nextInt(values.length)];
        }
        return drawn;
    }
}
