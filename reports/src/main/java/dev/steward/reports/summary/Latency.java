package dev.steward.reports.summary;

import dev.steward.results.Distribution;
import dev.steward.results.Units;

/**
 * The figures of one distribution that stand in a table.
 *
 * @param count     values
 * @param p50       median
 * @param p99       99th percentile
 * @param p999      99.9th percentile
 * @param maxNs     largest value; on a virtual machine it shows the host rather than the lock
 * @param saturated whether the largest value stands at the upper bound of what is recorded
 */
public record Latency(long count, Quantile p50, Quantile p99, Quantile p999, long maxNs, boolean saturated) {
    /** Takes the figures of a distribution. */
    public static Latency of(Distribution values) {
        return of(values, Distribution.EMPTY);
    }

    /** Takes the figures of a distribution that holds the lateness of its generator. */
    static Latency of(Distribution values, Distribution lateness) {
        return new Latency(values.count(), Quantile.of(values, lateness, 0.5), Quantile.of(values, lateness, 0.99),
            Quantile.of(values, lateness, 0.999), values.maxNs(), values.saturated());
    }

    /** {@return the maximum in print: a dash without values; after {@code >} if it may have been larger} */
    public String maxText() {
        return count == 0 ? Units.NONE : (saturated ? ">" : "") + Units.duration(maxNs);
    }
}
