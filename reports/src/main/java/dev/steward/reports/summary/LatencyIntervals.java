package dev.steward.reports.summary;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.MedianInterval;
import dev.steward.results.Distribution;
import dev.steward.results.Median;
import java.util.List;

/**
 * Where the percentiles of a repeat lie: for each percentile the interval of the median over the repeats. It is that of
 * a repeat and not of all of them added up, since in the latter a few repeats can make the whole tail, of which no
 * interval can tell that has not seen one of them.
 *
 * @param repeats  with at least one value
 * @param medianNs median over the repeats of their medians; NaN without repeats
 * @param p50      of the median; null if there are too few repeats for an interval
 * @param p99      of the 99th percentile; null too if a repeat has too few values to have one
 * @param p999     of the 99.9th percentile; as above
 */
public record LatencyIntervals(int repeats, double medianNs, Interval p50, Interval p99, Interval p999) {
    /** Confidence, at least. */
    public static final double LEVEL = 0.95;
    /** Fewest repeats that give an interval. */
    public static final int FEWEST_REPEATS = MedianInterval.fewest(LEVEL);

    /** Takes the intervals. */
    public static LatencyIntervals of(List<Distribution> perRepeat) {
        List<Distribution> filled = perRepeat.stream().filter(values -> values.count() > 0).toList();
        return new LatencyIntervals(filled.size(), Median.of(valuesNs(filled, 0.5)), interval(filled, 0.5),
            interval(filled, 0.99), interval(filled, 0.999));
    }

    /** A repeat in which a percentile does not exist could have had any: without it the rest would be a choice. */
    private static Interval interval(List<Distribution> filled, double quantile) {
        return filled.stream().anyMatch(one -> Quantile.of(one, quantile).support() == Quantile.Support.NONE) ? null
            : MedianInterval.of(valuesNs(filled, quantile), LEVEL);
    }

    private static double[] valuesNs(List<Distribution> filled, double quantile) {
        return filled.stream().mapToDouble(one -> one.valueAtNs(quantile)).toArray();
    }
}
