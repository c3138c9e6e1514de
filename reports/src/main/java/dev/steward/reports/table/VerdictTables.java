package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Figure;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the tails of the cells compare, by repeats; medians stand with those of turns. */
final class VerdictTables {
    private final Summary summary;

    private VerdictTables(Summary summary) {
        this.summary = summary;
    }

    /** The tails of one load; the lowest of the first is the best. */
    private enum Load {
        EVENTS(Figure.EVENT_P99, Figure.EVENT_P999),
        ATTACHES(Figure.ATTACH_P99, Figure.ATTACH_P999),
        COMMITS(Figure.COMMIT_P99);

        private final List<Figure> figures;

        Load(Figure... figures) {
            this.figures = List.of(figures);
        }

        /** The ranked strategy with the lowest p99; none without another to compare it with. */
        Optional<StrategySummary> best(PathSummary path) {
            Figure p99 = figures.get(0);
            return path.ranked().size() < 2 ? Optional.empty() : path.ranked().stream()
                .filter(strategy ->
                    Quantile.of(strategy.of(p99.tag()), p99.quantile()).support() != Quantile.Support.NONE)
                .min(Comparator.comparingLong(strategy -> strategy.of(p99.tag()).valueAtNs(p99.quantile())));
        }
    }

    /** Each strategy against the one with the lowest p99; none if no pair could be tested. */
    static List<Table> of(Summary summary) {
        VerdictTables verdicts = new VerdictTables(summary);
        return verdicts.anyTested() ? verdicts.againstBest() : List.of();
    }

    /** Where no pair could be tested, tables of it would be rows of nothing. */
    private boolean anyTested() {
        return summary.verdicts().comparisons().stream().anyMatch(VerdictTables::tested);
    }

    private static boolean tested(Comparison comparison) {
        Comparison.Kind kind = comparison.reason().kind();
        return kind != Comparison.Kind.TOO_FEW && kind != Comparison.Kind.NOTHING;
    }

    private List<Table> againstBest() {
        Map<String, List<Comparison>> groups = new LinkedHashMap<>();
        for (PathSummary path : summary.paths()) {
            for (Load load : Load.values()) {
                load.best(path).ifPresent(best -> load.figures.forEach(figure -> groups.put(
                    "path " + path.path() + ", " + figure.label() + ", against " + best.info().name(),
                    against(path, figure, best))));
            }
        }
        groups.values().removeIf(group -> group.stream().noneMatch(VerdictTables::tested));
        return groups.isEmpty() ? List.of() : List.of(ComparisonTable.of("verdicts",
            "Tails, each strategy against the one with the lowest p99",
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
