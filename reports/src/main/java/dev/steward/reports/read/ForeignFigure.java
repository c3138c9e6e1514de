package dev.steward.reports.read;

import dev.steward.results.Median;
import java.util.Arrays;
import java.util.Collection;

/**
 * What another tool says about one of its operations. Immutable.
 *
 * @param subject what was measured: a lock, a writer, a histogram tag, a benchmark
 * @param unit    {@code ns}, or what the tool says
 * @param count   values behind the figures; 0 if unknown
 * @param min     smallest, NaN if unknown
 * @param mean    NaN if unknown
 * @param p50     median, NaN if unknown or if there are fewer than two values
 * @param p99     NaN if unknown or if there are fewer than 100 values
 * @param max     largest, NaN if unknown
 */
public record ForeignFigure(
    String subject, String unit, long count, double min, double mean, double p50, double p99, double max) {
    /** Durations. */
    public static final String NANOSECONDS = "ns";

    /**
     * Figures of one value or more. The median is that of JMH, the mean of the two in the middle; p99 is the smallest
     * value that enough others do not exceed.
     */
    static ForeignFigure of(String subject, String unit, Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new ForeignFigure(subject, unit, sorted.length, sorted[0], Arrays.stream(sorted).average().orElseThrow(),
            sorted.length < 2 ? Double.NaN : Median.of(sorted),
            sorted.length < 100 ? Double.NaN : sorted[(int) Math.ceil(0.99 * sorted.length) - 1],
            sorted[sorted.length - 1]);
    }
}
