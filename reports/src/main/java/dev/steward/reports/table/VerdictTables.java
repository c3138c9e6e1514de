package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Figure;
import dev.steward.reports.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables of which strategy is better, worse, equal, or cannot be told apart, and why. */
public final class VerdictTables {
    private static final int WIDEST_MATRIX = 12;

    private VerdictTables() {
    }

    /**
     * What can be said, a sentence for each path and load.
     *
     * @param summary of the run
     * @return none without strategies
     */
    public static List<String> statements(Summary summary) {
        List<String> statements = new ArrayList<>();
        if (!anyTested(summary)) {
            summary.verdicts().comparisons().stream().map(Comparison::reason)
                .filter(reason -> reason.kind() == Comparison.Kind.TOO_FEW).findFirst()
                .or(() -> summary.verdicts().comparisons().stream().map(Comparison::reason).findFirst())
                .ifPresent(reason -> statements.add("No verdicts: " + reason.sentence() + "."));
            return statements;
        }
        for (PathSummary path : summary.paths()) {
            for (List<Figure> load : loads()) {
                best(path, load).ifPresent(best -> statements.add("Path " + path.path() + ", " + loadOf(load)
                    + ": lowest p99 has " + best.info().name() + othersAt(summary, path, load, best) + "."));
            }
        }
        return statements;
    }

    /** Where no pair could be tested, tables of it would be rows of nothing. */
    private static boolean anyTested(Summary summary) {
        return summary.verdicts().comparisons().stream().map(comparison -> comparison.reason().kind())
            .anyMatch(kind -> kind != Comparison.Kind.TOO_FEW && kind != Comparison.Kind.NOTHING);
    }

    private static String othersAt(
        Summary summary, PathSummary path, List<Figure> load, StrategySummary best) {
        StringBuilder text = new StringBuilder();
        for (Figure figure : load.subList(0, 2)) {
            Map<Verdict, List<String>> names = new LinkedHashMap<>();
            for (Verdict verdict : Verdict.values()) {
                names.put(verdict, new ArrayList<>());
            }
            path.ranked().stream().filter(other -> other != best)
                .map(other -> summary.verdicts().of(path.path(), figure, best.info().name(), other.info().name()))
                .filter(comparison -> comparison != null)
                .forEach(comparison -> names.get(comparison.verdict()).add(comparison.second()));
            names.forEach((verdict, list) -> {
                if (!list.isEmpty()) {
                    text.append("; ").append(figure.percentile()).append(' ').append(verdict.word()).append(": ")
                        .append(String.join(", ", list));
                }
            });
        }
        return text.toString();
    }

    /**
     * Each strategy against the one with the lowest p99.
     *
     * @param summary of the run
     * @return one table; none with fewer than two strategies, or if no pair could be tested
     */
    public static List<Table> againstBest(Summary summary) {
        List<Table.Group> groups = new ArrayList<>();
        Set<Comparison.Kind> kinds = EnumSet.noneOf(Comparison.Kind.class);
        for (PathSummary path : summary.paths()) {
            for (List<Figure> load : loads()) {
                best(path, load).ifPresent(best -> load.forEach(figure ->
                    addGroup(groups, kinds, summary, path, figure, best)));
            }
        }
        if (groups.isEmpty() || !anyTested(summary)) {
            return List.of();
        }
        return List.of(new Table("verdicts", "Each strategy against the one with the lowest p99",
            "Ratio of a typical repeat with its 99% interval, by ranks over the repeats; corrected for all pairs of a "
                + "group at 1%. Differences from " + summary.verdicts().rules().minEffectText()
                + " on count. Cells are compared within their placement class.",
            ComparisonRows.COLUMNS,
            groups, ComparisonRows.legend(kinds, summary.verdicts().rules())));
    }

    private static void addGroup(
        List<Table.Group> groups, Set<Comparison.Kind> kinds, Summary summary,
        PathSummary path, Figure figure, StrategySummary best) {
        List<List<String>> rows = new ArrayList<>();
        for (StrategySummary other : path.ranked()) {
            Comparison comparison = other == best ? null
                : summary.verdicts().of(path.path(), figure, best.info().name(), other.info().name());
            if (comparison != null) {
                rows.add(ComparisonRows.row(comparison));
                kinds.add(comparison.reason().kind());
            }
        }
        if (!rows.isEmpty()) {
            groups.add(new Table.Group(
                "path " + path.path() + ", " + figure.label() + ", against " + best.info().name(), rows));
        }
    }

    /**
     * All strategies against each other.
     *
     * @param summary of the run
     * @return one table; none with fewer than three strategies, to which the table against the best says it all, or if
     *         no pair could be tested
     */
    public static List<Table> matrix(Summary summary) {
        int most = summary.paths().stream().mapToInt(path -> path.ranked().size()).max().orElse(0);
        if (most < 3 || !anyTested(summary)) {
            return List.of();
        }
        return List.of(most > WIDEST_MATRIX ? counts(summary) : squares(summary, most));
    }

    private static Table squares(Summary summary, int most) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.name("strategy")));
        for (int i = 1; i <= most; i++) {
            columns.add(Table.Column.name(Integer.toString(i)));
        }
        List<Table.Group> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            for (List<Figure> load : loads()) {
                List<List<String>> rows = new ArrayList<>();
                for (int i = 0; i < path.ranked().size(); i++) {
                    List<String> row = new ArrayList<>(List.of(i + 1 + " " + nameOf(path, i)));
                    for (int j = 0; j < most; j++) {
                        row.add(i == j || j >= path.ranked().size() ? ""
                            : signs(summary, path.path(), load, nameOf(path, j), nameOf(path, i)));
                    }
                    rows.add(row);
                }
                groups.add(new Table.Group("path " + path.path() + ", " + loadOf(load), rows));
            }
        }
        return new Table("pairs", "All pairs", "Row against column at p50, p99, p99.9 (commits: p50, p99): + "
            + "better, - worse, = equal, . unclear.", columns, groups, List.of());
    }

    private static String signs(
        Summary summary, String path, List<Figure> load, String column, String row) {
        StringBuilder signs = new StringBuilder();
        for (Figure figure : load) {
            Comparison comparison = summary.verdicts().of(path, figure, column, row);
            signs.append(comparison == null ? ' ' : switch (comparison.verdict()) {
                case BETTER -> '+';
                case WORSE -> '-';
                case EQUAL -> '=';
                case UNCLEAR -> '.';
            });
        }
        return signs.toString();
    }

    private static Table counts(Summary summary) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.name("strategy")));
        for (Figure figure : loads().get(0)) {
            columns.add(Table.Column.figure(figure.percentile(),
                "better than / equal to / worse than so many others, " + figure.percentile()));
        }
        List<Table.Group> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            for (List<Figure> load : loads()) {
                groups.add(new Table.Group("path " + path.path() + ", " + loadOf(load), path.ranked().stream()
                    .map(strategy -> countsRow(summary, path, load, strategy, columns.size())).toList()));
            }
        }
        return new Table("pairs", "All pairs",
            "Better than / equal to / worse than so many others; the rest is unclear.", columns, groups, List.of());
    }

    private static List<String> countsRow(
        Summary summary, PathSummary path, List<Figure> load, StrategySummary strategy,
        int width) {
        List<String> row = new ArrayList<>(List.of(strategy.info().name()));
        for (Figure figure : load) {
            int[] counts = new int[Verdict.values().length];
            path.ranked().stream().filter(other -> other != strategy)
                .map(other -> summary.verdicts().of(path.path(), figure, other.info().name(), strategy.info().name()))
                .filter(comparison -> comparison != null)
                .forEach(comparison -> counts[comparison.verdict().ordinal()]++);
            row.add(counts[Verdict.BETTER.ordinal()] + "/" + counts[Verdict.EQUAL.ordinal()] + "/"
                + counts[Verdict.WORSE.ordinal()]);
        }
        while (row.size() < width) {
            row.add("");
        }
        return row;
    }

    private static Optional<StrategySummary> best(PathSummary path, List<Figure> load) {
        Figure p99 = load.get(1);
        return path.ranked().size() < 2 ? Optional.empty() : path.ranked().stream()
            .filter(strategy ->
                Quantile.of(strategy.of(p99.tag()), p99.quantile()).support() != Quantile.Support.NONE)
            .min(Comparator.comparingLong(strategy -> strategy.of(p99.tag()).valueAtNs(p99.quantile())));
    }

    private static List<List<Figure>> loads() {
        return List.of(List.of(Figure.EVENT_P50, Figure.EVENT_P99, Figure.EVENT_P999),
            List.of(Figure.ATTACH_P50, Figure.ATTACH_P99, Figure.ATTACH_P999),
            List.of(Figure.COMMIT_P50, Figure.COMMIT_P99));
    }

    private static String loadOf(List<Figure> load) {
        return switch (load.get(0)) {
            case EVENT_P50 -> "events";
            case ATTACH_P50 -> "attach operations";
            default -> "commits";
        };
    }

    private static String nameOf(PathSummary path, int index) {
        return path.ranked().get(index).info().name();
    }
}
