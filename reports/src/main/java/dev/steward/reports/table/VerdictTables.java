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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which strategy is better, worse, equal or unclear, and why. */
final class VerdictTables {
    private static final int WIDEST_MATRIX = 12;

    private final Summary summary;

    private VerdictTables(Summary summary) {
        this.summary = summary;
    }

    /** The figures of one load, compared together. */
    private enum Load {
        EVENTS("events", Figure.EVENT_P50, Figure.EVENT_P99, Figure.EVENT_P999),
        ATTACHES("attach operations", Figure.ATTACH_P50, Figure.ATTACH_P99, Figure.ATTACH_P999),
        COMMITS("commits", Figure.COMMIT_P50, Figure.COMMIT_P99);

        private final String label;
        private final List<Figure> figures;

        Load(String label, Figure... figures) {
            this.label = label;
            this.figures = List.of(figures);
        }

        /** The ranked strategy with the lowest p99; none without another to compare it with. */
        Optional<StrategySummary> best(PathSummary path) {
            Figure p99 = figures.get(1);
            return path.ranked().size() < 2 ? Optional.empty() : path.ranked().stream()
                .filter(strategy ->
                    Quantile.of(strategy.of(p99.tag()), p99.quantile()).support() != Quantile.Support.NONE)
                .min(Comparator.comparingLong(strategy -> strategy.of(p99.tag()).valueAtNs(p99.quantile())));
        }
    }

    /** What can be said, a sentence for each path and load; none without two strategies to compare. */
    static List<String> statements(Summary summary) {
        return new VerdictTables(summary).statements();
    }

    private List<String> statements() {
        List<String> statements = new ArrayList<>();
        if (!anyTested()) {
            summary.verdicts().comparisons().stream().map(Comparison::reason)
                .min(Comparator.comparing(reason -> reason.kind() != Comparison.Kind.TOO_FEW))
                .ifPresent(reason -> statements.add("No verdicts: " + reason.sentence() + "."));
            return statements;
        }
        for (PathSummary path : summary.paths()) {
            for (Load load : Load.values()) {
                load.best(path).ifPresent(best -> statements.add("Path " + path.path() + ", " + load.label
                    + ": " + best.info().name() + " has the lowest p99" + others(path, load, best) + "."));
            }
        }
        return statements;
    }

    /** Where no pair could be tested, tables of it would be rows of nothing. */
    private boolean anyTested() {
        return summary.verdicts().comparisons().stream().map(comparison -> comparison.reason().kind())
            .anyMatch(kind -> kind != Comparison.Kind.TOO_FEW && kind != Comparison.Kind.NOTHING);
    }

    private String others(PathSummary path, Load load, StrategySummary best) {
        StringBuilder text = new StringBuilder();
        for (Figure figure : load.figures.subList(0, 2)) {
            Map<Verdict, List<String>> names = against(path, figure, best).collect(Collectors.groupingBy(
                Comparison::verdict, () -> new EnumMap<>(Verdict.class),
                Collectors.mapping(Comparison::second, Collectors.toList())));
            names.forEach((verdict, list) -> text.append("; ").append(figure.percentile()).append(' ')
                .append(verdict.word()).append(": ").append(String.join(", ", list)));
        }
        return text.toString();
    }

    /** All other ranked strategies of a path against one. */
    private Stream<Comparison> against(PathSummary path, Figure figure, StrategySummary one) {
        return path.ranked().stream().filter(other -> other != one)
            .map(other -> summary.verdicts().of(path.path(), figure, one.info().name(), other.info().name()))
            .filter(Objects::nonNull);
    }

    /** Each strategy against the one with the lowest p99, and all pairs; none if no pair could be tested. */
    static List<Table> of(Summary summary) {
        VerdictTables verdicts = new VerdictTables(summary);
        List<Table> tables = new ArrayList<>();
        if (verdicts.anyTested()) {
            verdicts.againstBest(tables);
            verdicts.pairs(tables);
        }
        return tables;
    }

    private void againstBest(List<Table> tables) {
        Map<String, List<Comparison>> groups = new LinkedHashMap<>();
        for (PathSummary path : summary.paths()) {
            for (Load load : Load.values()) {
                load.best(path).ifPresent(best -> load.figures.forEach(figure -> groups.put(
                    "path " + path.path() + ", " + figure.label() + ", against " + best.info().name(),
                    against(path, figure, best).toList())));
            }
        }
        groups.values().removeIf(List::isEmpty);
        if (!groups.isEmpty()) {
            tables.add(ComparisonTable.of("verdicts", "Each strategy against the one with the lowest p99",
                "Ratio of a typical repeat with its 99% interval, by ranks over the repeats; corrected for all pairs "
                    + "of a group at 1%. Differences from " + summary.verdicts().rules().minEffectText()
                    + " on count. Cells are compared within their placement class.",
                groups, summary.verdicts().rules()));
        }
    }

    /** With fewer than three strategies the table against the best says it all. */
    private void pairs(List<Table> tables) {
        int most = summary.paths().stream().mapToInt(path -> path.ranked().size()).max().orElse(0);
        if (most > WIDEST_MATRIX) {
            tables.add(counts());
        } else if (most > 2) {
            tables.add(squares(most));
        }
    }

    private Table squares(int most) {
        Layout<Place> layout = new Layout<>("strategy");
        for (int i = 0; i < most; i++) {
            int column = i;
            layout.words(Integer.toString(i + 1), "", row -> signs(row, column));
        }
        return layout.table("pairs", "All pairs", "Row against column at p50, p99, p99.9 (commits: p50, p99): + "
            + "better, - worse, = equal, . unclear.", places(place -> place.index + 1 + " " + place.name()));
    }

    private String signs(Place row, int column) {
        if (column == row.index || column >= row.path.ranked().size()) {
            return "";
        }
        StringBuilder signs = new StringBuilder();
        for (Figure figure : row.load.figures) {
            Comparison comparison = summary.verdicts().of(row.path.path(), figure,
                row.path.ranked().get(column).info().name(), row.name());
            signs.append(comparison == null ? ' ' : switch (comparison.verdict()) {
                case BETTER -> '+';
                case WORSE -> '-';
                case EQUAL -> '=';
                case UNCLEAR -> '.';
            });
        }
        return signs.toString();
    }

    private Table counts() {
        Layout<Place> layout = new Layout<>("strategy");
        for (int i = 0; i < Load.EVENTS.figures.size(); i++) {
            int figure = i;
            String percentile = Load.EVENTS.figures.get(i).percentile();
            layout.figure(percentile, "better than / equal to / worse than so many others, " + percentile,
                row -> figure < row.load.figures.size() ? counts(row, row.load.figures.get(figure)) : "");
        }
        return layout.table("pairs", "All pairs",
            "Better than / equal to / worse than so many others; the rest is unclear.", places(Place::name));
    }

    private String counts(Place row, Figure figure) {
        int[] counts = new int[Verdict.values().length];
        against(row.path, figure, row.path.ranked().get(row.index))
            .forEach(comparison -> counts[comparison.verdict().flipped().ordinal()]++);
        return counts[Verdict.BETTER.ordinal()] + "/" + counts[Verdict.EQUAL.ordinal()] + "/"
            + counts[Verdict.WORSE.ordinal()];
    }

    private List<Layout.Group<Place>> places(Function<Place, String> name) {
        List<Layout.Group<Place>> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            for (Load load : Load.values()) {
                List<Layout.Row<Place>> rows = new ArrayList<>();
                for (int i = 0; i < path.ranked().size(); i++) {
                    Place place = new Place(path, load, i);
                    rows.add(new Layout.Row<>(name.apply(place), place));
                }
                groups.add(new Layout.Group<>("path " + path.path() + ", " + load.label, rows));
            }
        }
        return groups;
    }

    /** A ranked strategy under one load. */
    private record Place(PathSummary path, Load load, int index) {
        String name() {
            return path.ranked().get(index).info().name();
        }
    }
}
