package dev.steward.reports.debate;

import dev.steward.reports.statistics.Median;
import dev.steward.reports.summary.Quantile;
import java.util.Arrays;

/**
 * A figure over the repeats, of each its own percentile: least, median, greatest.
 *
 * @param figure it is of
 * @param low    least
 * @param median of the repeats
 * @param high   greatest
 * @param few    whether fewer than ten values of some repeat lie beyond it
 */
record Span(Figure figure, double low, double median, double high, boolean few) {
    /** Takes the span of figures, at least one. */
    static Span of(Figure figure, double[] values, boolean few) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Span(figure, sorted[0], Median.of(sorted), sorted[sorted.length - 1], few);
    }

    /** The median, marked if it rests on few values. */
    String middle() {
        return (few ? Quantile.FEW_MARK : "") + figure.print(median);
    }

    String range() {
        return figure.print(low) + "-" + figure.print(high);
    }

    String text() {
        return middle() + " (" + figure.print(low) + " to " + figure.print(high) + ")";
    }
}
