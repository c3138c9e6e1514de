package dev.steward.reports.debate;

import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Units;
import dev.steward.results.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A figure over the repeats, of each its own percentile: least, median, greatest. Two spans that do not overlap differ;
 * of three repeats each that happens by chance in one pair of ten.
 *
 * @param low    least
 * @param median of the repeats
 * @param high   greatest
 * @param few    whether fewer than ten values of some repeat lie beyond it
 * @param repeats that it spans
 */
public record Span(double low, double median, double high, boolean few, int repeats) {
    private static final int ENOUGH = 10;

    /** Takes a percentile of each repeat; empty without a repeat that has it. */
    static Optional<Span> of(StrategySummary strategy, String tag, double quantile) {
        List<Distribution> repeats = strategy.perRepeat().stream().map(repeat -> repeat.of(tag))
            .filter(repeat -> repeat.count() * (1 - quantile) >= 1).toList();
        if (repeats.isEmpty()) {
            return Optional.empty();
        }
        Span span = of(repeats.stream().mapToDouble(repeat -> repeat.valueAtNs(quantile)).toArray());
        boolean few = repeats.stream().anyMatch(repeat -> repeat.count() * (1 - quantile) < ENOUGH);
        return Optional.of(new Span(span.low, span.median, span.high, few, repeats.size()));
    }

    /** Takes the span of figures, at least one. */
    static Span of(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Span(sorted[0], median(sorted), sorted[sorted.length - 1], false, sorted.length);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
            ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }

    /** Whether all of this lies above all of the other. */
    boolean above(Span other) {
        return low > other.high;
    }

    /** Whether the two overlap, so that nothing can be said. */
    boolean overlaps(Span other) {
        return !above(other) && !other.above(this);
    }

    /** The median, marked if it rests on few values. */
    String middle() {
        return (few ? Units.FEW_MARK : "") + Units.duration(median);
    }

    String text() {
        return middle() + " (" + Units.duration(low) + " to " + Units.duration(high) + ")";
    }
}
