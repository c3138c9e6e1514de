package dev.steward.reports.debate;

import dev.steward.reports.folder.CellHistograms;
import dev.steward.reports.folder.Distribution;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Units;
import java.util.Arrays;
import java.util.Optional;

/**
 * A figure over the repeats: least, median, greatest. Two spans that do not overlap differ; of three repeats each that
 * happens by chance in one pair of ten.
 *
 * @param low    least
 * @param median of the repeats
 * @param high   greatest
 */
public record Span(double low, double median, double high) {
    /** Takes a percentile of each repeat; empty without a repeat that has it. */
    static Optional<Span> of(final StrategySummary strategy, final String tag, final double quantile) {
        final double[] values = strategy.perRepeat().stream().map(repeat -> of(repeat, tag))
            .filter(repeat -> repeat.count() * (1 - quantile) >= 1)
            .mapToDouble(repeat -> repeat.valueAtNs(quantile)).sorted().toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(of(values));
    }

    /** Takes the span of figures, at least one. */
    static Span of(final double[] figures) {
        final double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Span(sorted[0], median(sorted), sorted[sorted.length - 1]);
    }

    private static Distribution of(final CellHistograms repeat, final String tag) {
        return repeat.of(tag);
    }

    private static double median(final double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1
            ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }

    /** Whether all of this lies above all of the other. */
    boolean above(final Span other) {
        return low > other.high;
    }

    /** Whether the two overlap, so that nothing can be said. */
    boolean overlaps(final Span other) {
        return !above(other) && !other.above(this);
    }

    String text() {
        return Units.duration(median) + " (" + Units.duration(low) + " to " + Units.duration(high) + ")";
    }
}
