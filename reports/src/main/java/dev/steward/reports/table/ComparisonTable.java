package dev.steward.reports.table;

import dev.steward.reports.statistics.Interval;
import dev.steward.results.Wording;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Rules;
import dev.steward.results.Units;
import java.util.List;
import java.util.Map;

/** Comparisons as rows, and what their last column means. */
public final class ComparisonTable {
    private ComparisonTable() {
    }

    /** Prints comparisons by the head they stand under; the id is of letters and dashes only. */
    public static Table of(String id, String title, String about, Map<String, List<Comparison>> groups, Rules rules) {
        Layout<Comparison> layout = new Layout<Comparison>("strategy")
            .words("verdict", "", comparison -> comparison.verdict().word())
            .figure("diff", "by the ratio; of a latency, positive is slower", comparison -> percent(comparison.ratio()))
            .figure("99% interval", "of the difference", comparison -> interval(comparison.interval()))
            .figure("cells", "compared: of what is judged + of what it is judged against",
                comparison -> comparison.secondCount() + "+" + comparison.firstCount())
            .words("why", "", comparison -> comparison.reason().shortly());
        groups.values().stream().flatMap(List::stream).map(comparison -> comparison.reason().kind()).distinct()
            .sorted().forEach(kind -> layout.note(meaning(kind, rules.minEffectText())));
        return layout.table(id, title, about, groups.entrySet().stream().map(group -> new Layout.Group<>(group.getKey(),
            group.getValue().stream().map(one -> new Layout.Row<>(one.second(), one)).toList())).toList());
    }

    private static String meaning(Comparison.Kind kind, String bound) {
        return switch (kind) {
            case DIFFERS -> "p: chance of such a difference where there is none, corrected for the pairs of the group.";
            case WITHIN -> "within " + bound + ": so is the whole interval.";
            case SMALL -> "small: a difference, but most likely less than half of the " + bound + " that count.";
            case WIDE -> "needs (a number): the repeats differ too much to tell; so many of each would find " + bound
                + ", if they scatter as these do.";
            case TOO_FEW -> "needs (a number of) cells: with fewer of each, no order of their values is significant.";
            case NOTHING -> "no cells: none that is valid, steady, has enough values and is not half lateness of the "
                + "generator; other placement: none of a class in common.";
        };
    }

    /** {@return a ratio as a difference: {@code +12.3%}, from 10 times on {@code x12.5}; a dash for NaN} */
    public static String percent(double ratio) {
        if (Double.isNaN(ratio)) {
            return Units.NONE;
        }
        return ratio >= 10 ? Wording.format("x%.1f", ratio) : Wording.format("%+.1f%%", (ratio - 1) * 100);
    }

    /** {@return the ends of an interval of a ratio as {@link #percent} has them; a dash for null} */
    public static String interval(Interval interval) {
        return interval == null ? Units.NONE : percent(interval.low()) + ".." + percent(interval.high());
    }
}
