package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Figure;
import dev.steward.results.RunManifest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How the tails of the cells compare, by repeats; medians stand with those of turns. */
final class VerdictTables {
    private static final List<Figure> TAILS = List.of(Figure.EVENT_P99, Figure.EVENT_P999, Figure.ATTACH_P99,
        Figure.ATTACH_P999, Figure.COMMIT_P99);

    private final Summary summary;

    private VerdictTables(Summary summary) {
        this.summary = summary;
    }

    /** Each strategy against the simplest; none if no pair could be tested. */
    static List<Table> of(Summary summary) {
        VerdictTables verdicts = new VerdictTables(summary);
        return verdicts.anyTested() ? verdicts.againstSimplest() : List.of();
    }

    /** Where no pair could be tested, tables of it would be rows of nothing. */
    private boolean anyTested() {
        return summary.verdicts().comparisons().stream().anyMatch(VerdictTables::tested);
    }

    private static boolean tested(Comparison comparison) {
        Comparison.Kind kind = comparison.reason().kind();
        return kind != Comparison.Kind.TOO_FEW && kind != Comparison.Kind.NOTHING;
    }

    private List<Table> againstSimplest() {
        Map<String, List<Comparison>> groups = new LinkedHashMap<>();
        for (PathSummary path : summary.paths()) {
            path.ranked().stream().min(Comparator.comparing(StrategySummary::info,
                RunManifest.StrategyInfo.SIMPLEST_FIRST)).ifPresent(simplest -> TAILS.forEach(figure -> groups.put(
                    "path " + path.path() + ", " + figure.label() + ", against " + simplest.info().name(),
                    against(path, figure, simplest))));
        }
        groups.values().removeIf(group -> group.stream().noneMatch(VerdictTables::tested));
        return groups.isEmpty() ? List.of() : List.of(ComparisonTable.of("verdicts",
            "Tails, each strategy against the simplest",
            "Ratio of a typical repeat with its 99% interval, by ranks over the repeats; corrected for all pairs "
                + "of a group at 1%. Differences from " + summary.verdicts().rules().minEffectText()
                + " on count. Cells are compared within their placement class.", groups, summary.verdicts().rules()));
    }

    /** All other ranked strategies of a path against one. */
    private List<Comparison> against(PathSummary path, Figure figure, StrategySummary one) {
        return path.ranked().stream().filter(other -> other != one)
            .map(other -> summary.verdicts().of(path.path(), figure, one.info().name(), other.info().name()))
            .filter(Objects::nonNull).toList();
    }
}
