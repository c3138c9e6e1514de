package dev.steward.reports.table;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One comparison as a row, and what its last column means. */
public final class ComparisonRows {
    /** Heads of the rows. */
    public static final List<Table.Column> COLUMNS = List.of(Table.Column.name("strategy"),
        Table.Column.name("verdict"), Table.Column.figure("diff", "by the ratio; of a latency, positive is slower"),
        Table.Column.figure("99% interval", "of the difference"),
        Table.Column.figure("cells", "compared: of what is judged + of what it is judged against"),
        Table.Column.name("why"));

    private ComparisonRows() {
    }

    /**
     * A row.
     *
     * @param comparison of the pair
     * @return one cell for each of {@link #COLUMNS}
     */
    public static List<String> row(Comparison comparison) {
        return List.of(comparison.second(), comparison.verdict().word(), percent(comparison.ratio()),
            interval(comparison.interval()), comparison.secondCount() + "+" + comparison.firstCount(),
            comparison.reason().shortly());
    }

    /**
     * Explains the last column.
     *
     * @param kinds of reasons that stand in it
     * @param rules of the verdicts
     * @return a sentence for each
     */
    public static List<String> legend(Set<Comparison.Kind> kinds, Rules rules) {
        return kinds.stream().sorted().map(kind -> legend(kind, rules.minEffectText())).toList();
    }

    private static String legend(Comparison.Kind kind, String bound) {
        return switch (kind) {
            case DIFFERS -> "p: chance of such a difference where there is none, corrected for the pairs of the group.";
            case WITHIN -> "within " + bound + ": so is the whole interval.";
            case SMALL -> "small: a difference, but most likely less than half of the " + bound + " that count.";
            case WIDE -> "needs (a number): the repeats differ too much to tell; so many of each would find " + bound
                + ", if they scatter as these do.";
            case TOO_FEW -> "needs (a number of) cells: with fewer of each, no order of their values is significant.";
            case NOTHING -> "no cells: none that is valid, steady and has enough values; other placement: none of a "
                + "class in common.";
        };
    }

    /**
     * A ratio as a difference.
     *
     * @param ratio above 0; NaN for none
     * @return for example {@code +12.3%}, {@code -4.0%}, from 10 times on {@code x12.5}
     */
    public static String percent(double ratio) {
        if (Double.isNaN(ratio)) {
            return Units.NONE;
        }
        return ratio >= 10 ? String.format(Locale.ROOT, "x%.1f", ratio)
            : String.format(Locale.ROOT, "%+.1f%%", (ratio - 1) * 100);
    }

    /**
     * An interval of a ratio as differences.
     *
     * @param interval of the ratio, or null
     * @return its ends as {@link #percent} has them
     */
    public static String interval(Interval interval) {
        return interval == null ? Units.NONE : percent(interval.low()) + ".." + percent(interval.high());
    }
}
