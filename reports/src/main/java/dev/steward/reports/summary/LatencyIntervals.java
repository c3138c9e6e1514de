package dev.steward.reports.summary;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.QuantileBootstrap;
import dev.steward.results.Distribution;
import java.util.List;

/**
 * Intervals of the percentiles of {@link Latency}, from the scatter of the repeats.
 *
 * @param repeats with at least one value
 * @param p50     of the median; null if there are too few repeats for an interval
 * @param p99     of the 99th percentile; null too if the percentile itself does not exist
 * @param p999    of the 99.9th percentile; as above
 */
public record LatencyIntervals(int repeats, Interval p50, Interval p99, Interval p999) {
    /** Confidence the intervals aim at. */
    public static final double LEVEL = 0.95;

    /** Any: the draws have to be the same each time a report is made. */
    private static final long SEED = 42;

    /** Takes the intervals. */
    public static LatencyIntervals of(List<Distribution> perRepeat) {
        List<Distribution> filled = perRepeat.stream().filter(values -> values.count() > 0).toList();
        QuantileBootstrap bootstrap = new QuantileBootstrap(
            filled.stream().map(Distribution::valuesNs).toArray(double[][]::new),
            filled.stream().map(Distribution::counts).toArray(long[][]::new), SEED);
        Distribution merged = Distribution.merge(filled);
        return new LatencyIntervals(filled.size(), interval(bootstrap, merged, 0.5),
            interval(bootstrap, merged, 0.99), interval(bootstrap, merged, 0.999));
    }

    private static Interval interval(QuantileBootstrap bootstrap, Distribution merged, double quantile) {
        return Quantile.of(merged, quantile).support() == Quantile.Support.NONE ? null
            : bootstrap.interval(quantile, LEVEL);
    }
}
