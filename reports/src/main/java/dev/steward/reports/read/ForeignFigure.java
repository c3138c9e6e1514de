package dev.steward.reports.read;

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

    /** Figures of one value or more; percentiles are the smallest that enough others do not exceed. */
    static ForeignFigure of(String subject, String unit, Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new ForeignFigure(subject, unit, sorted.length, sorted[0], Arrays.stream(sorted).average().orElseThrow(),
            sorted.length < 2 ? Double.NaN : rank(sorted, 0.5), sorted.length < 100 ? Double.NaN : rank(sorted, 0.99),
            sorted[sorted.length - 1]);
    }

    private static double rank(double[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }
}
