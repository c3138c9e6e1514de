package dev.steward.reports.summary;

import dev.steward.results.Distribution;
import java.util.Collection;
import java.util.List;

/**
 * Smallest and largest value that one percentile took over the repeats. A plain range: it claims no confidence.
 *
 * @param lowest  of them, or null without any
 * @param highest of them, or null without any
 */
public record RepeatRange(int repeats, Quantile lowest, Quantile highest) {
    /** {@return the range over those repeats that have enough values for the percentile, 0 to below 1, to exist} */
    public static RepeatRange of(Collection<Distribution> perRepeat, double quantile) {
        List<Quantile> sorted = perRepeat.stream()
            .map(values -> Quantile.of(values, quantile)).filter(value -> value.support() != Quantile.Support.NONE)
            .sorted((a, b) -> Long.compare(a.valueNs(), b.valueNs())).toList();
        return sorted.isEmpty() ? new RepeatRange(0, null, null)
            : new RepeatRange(sorted.size(), sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
