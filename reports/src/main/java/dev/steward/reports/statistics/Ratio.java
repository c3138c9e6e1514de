package dev.steward.reports.statistics;

import dev.steward.results.Median;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many times one figure is another, by the logarithms of neighbours.
 *
 * @param value    above 0
 * @param interval null with fewer than two pairs
 */
public record Ratio(double value, Interval interval) {
    /**
     * Takes values that were measured side by side.
     *
     * @param ours   above 0, one or more
     * @param theirs above 0; if there are not as many, only the medians are compared
     */
    public static Ratio of(double[] ours, double[] theirs, double level) {
        if (ours.length != theirs.length || ours.length < 2) {
            return new Ratio(Median.of(ours) / Median.of(theirs), null);
        }
        double[] logs = IntStream.range(0, ours.length).mapToDouble(i -> Math.log(ours[i] / theirs[i])).toArray();
        Interval of = MeanInterval.of(logs).interval(level);
        return new Ratio(Math.exp(Arrays.stream(logs).average().orElseThrow()),
            new Interval(Math.exp(of.low()), Math.exp(of.high()), level));
    }

    /** {@return the figure itself with its interval: values above 0, one or more} */
    public static Ratio of(double[] values, double level) {
        double[] one = new double[values.length];
        Arrays.fill(one, 1);
        return of(values, one, level);
    }
}
