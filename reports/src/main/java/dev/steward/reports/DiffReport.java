package dev.steward.reports;

import dev.steward.reports.table.ComparisonTable;
import dev.steward.reports.table.Layout;
import dev.steward.reports.table.Table;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Diff;
import dev.steward.results.Launcher;
import dev.steward.results.Units;
import dev.steward.results.Verdicts.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison of two results as plain text: what differs beside the figures, every verdict, and why. */
public final class DiffReport {
    private static final int WIDTH = TextTable.WIDTH;

    private DiffReport() {
    }

    /** {@return a comparison as printable ASCII in at most 72 columns, each line ended by a line feed} */
    public static String of(Diff diff) {
        List<String> lines = new ArrayList<>(
            Ascii.wrap("before " + diff.before() + ", after " + diff.after(), "", "  ", WIDTH));
        if (diff.folders()) {
            lines.addAll(Ascii.wrap("The weaker tool: the two ran at different times. '" + Launcher.command()
                + " compare --against BUILD' measures two builds in turns.", "", "  ", WIDTH));
        }
        items(lines, "differs", diff.differences());
        items(lines, "not compared", diff.unmatched());
        lines.add("");
        lines.addAll(TextTable.lines(table(diff)));
        if (!diff.problems().isEmpty()) {
            lines.add("");
        }
        items(lines, "excluded", diff.problems());
        lines.add("");
        reasons(lines, diff);
        lines.add(Arrays.stream(Verdict.values()).map(verdict -> verdict.word() + " " + diff.count(verdict))
            .collect(Collectors.joining(", ")));
        return String.join("\n", lines) + "\n";
    }

    /** {@return the figures alone, before and after, for a commit message; in at most 72 columns} */
    public static String forCommit(Diff diff) {
        Map<String, List<Layout.Row<Comparison>>> groups = diff.comparisons().stream().collect(Collectors.groupingBy(
            comparison -> comparison.group() + ", " + comparison.figure(), LinkedHashMap::new,
            Collectors.mapping(one -> new Layout.Row<>(one.second(), one), Collectors.toList())));
        Table table = new Layout<Comparison>("strategy")
            .figure("before", "median of the repeats", one -> value(diff.middleOf(one).before(), diff.middleOf(one)))
            .figure("after", "median of the repeats", one -> value(diff.middleOf(one).after(), diff.middleOf(one)))
            .figure("change", "of a typical repeat", one -> ComparisonTable.percent(one.ratio()))
            .figure("99% interval", "of the change", one -> ComparisonTable.interval(one.interval()))
            .words("verdict", "", one -> one.verdict().word())
            .table("commit", "Before and after", "Median of the repeats. " + (diff.folders()
                ? "The two ran at different times." : ""), groups.entrySet().stream()
                    .map(group -> new Layout.Group<>(group.getKey(), group.getValue())).toList());
        List<String> lines = new ArrayList<>(TextTable.lines(table));
        items(lines, "differs", diff.differences());
        return String.join("\n", lines) + "\n";
    }

    private static String value(double value, Diff.Middle of) {
        return Double.isNaN(value) ? Units.NONE
            : of.unit().equals("ns") ? Units.duration(value) : Units.number(value) + " " + of.unit();
    }

    private static void items(List<String> lines, String head, List<String> items) {
        items.forEach(item -> lines.addAll(Ascii.wrap(head + ": " + item, "", "  ", WIDTH)));
    }

    private static Table table(Diff diff) {
        Map<String, List<Comparison>> groups = diff.comparisons().stream().collect(Collectors.groupingBy(
            comparison -> comparison.group() + ", " + comparison.figure(), LinkedHashMap::new, Collectors.toList()));
        return ComparisonTable.of("diff", "After against before",
            "Ratio of a typical repeat with its 99% interval, by ranks over the repeats; corrected for all "
                + diff.comparisons().size() + " at 1%. Differences from " + diff.rules().minEffectText()
                + " on count.", groups, diff.rules());
    }

    /** In full for whatever may stop a build. */
    private static void reasons(List<String> lines, Diff diff) {
        for (Comparison comparison : diff.comparisons()) {
            if (comparison.verdict() == Verdict.BETTER || comparison.verdict() == Verdict.WORSE) {
                lines.addAll(Ascii.wrap(comparison.verdict().word() + ": " + comparison.second() + ", "
                    + comparison.group() + ", " + comparison.figure() + ": "
                    + ComparisonTable.percent(comparison.ratio()) + " ("
                    + ComparisonTable.interval(comparison.interval()) + "), " + comparison.reason().sentence(), "",
                    "  ", WIDTH));
            }
        }
    }
}
