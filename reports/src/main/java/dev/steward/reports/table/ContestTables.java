package dev.steward.reports.table;

import dev.steward.reports.summary.Contest;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.transfer.Transfer;
import dev.steward.results.TurnFigure;
import dev.steward.results.Units;
import dev.steward.results.Verdicts;
import dev.steward.results.Verdicts.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The medians that are compared, and every pair of them in words. */
final class ContestTables {
    private ContestTables() {
    }

    /** A line for each strategy and path; none without figures to compare. */
    static List<Table> medians(Summary summary) {
        List<Contest> contests = summary.contests();
        if (contests.isEmpty()) {
            return List.of();
        }
        Layout<Map<TurnFigure, String>> layout = new Layout<>("strategy");
        for (TurnFigure figure : TurnFigure.values()) {
            if (contests.stream().anyMatch(contest -> contest.figure() == figure)) {
                layout.figure(figure.label(), meaning(figure), row -> row.getOrDefault(figure, Units.NONE));
            }
        }
        List<Layout.Group<Map<TurnFigure, String>>> groups = groups(summary, contests);
        List<Verdicts.Standing> standings = contests.stream().flatMap(contest -> contest.contestants().stream())
            .map(Contest.Contestant::standing).toList();
        String from = summary.run().turns() == null ? "From the intended start. "
            : "From the real start" + wakeUps(summary) + ". ";
        if (standings.stream().allMatch(one -> one.lowNs() == null)) {
            return List.of(layout.table("medians", "Medians", from + (summary.run().turns() == null
                ? "Too few repeats for intervals." : "Too few generations of JVMs for intervals."), groups));
        }
        boolean untold = standings.stream().anyMatch(one -> Amounts.untold(one.lowNs(), one.highNs()));
        return List.of(layout.table("medians", "Medians, with intervals", from + (summary.run().turns() == null
            ? "Intervals of 95% from the scatter of the repeats, if there are enough."
            : "These intervals hold the differences between JVMs as well. Differences between strategies are known "
                + "better, since they are taken within a round.")
            + (untold ? " Unknown: bounds more than 100 times apart." : ""), groups));
    }

    private static String wakeUps(Summary summary) {
        return summary.paths().stream().flatMap(path -> summary.eventWithWakeUpNs(path.path()).stream()
            .mapToObj(ns -> ", on path " + path.path() + " events from when their handler is awake "
                + "(from the real start " + Units.duration(ns) + ")")).collect(Collectors.joining());
    }

    private static String meaning(TurnFigure figure) {
        return switch (figure) {
            case EVENT -> "median event until it stands in the vEVENTQ";
            case ATTACH -> "median attach, from its real start until it returned";
            case COMMIT -> "the strategy's part of it";
        };
    }

    private static String median(Summary summary, Contest contest, Contest.Contestant one) {
        Verdicts.Standing median = one.standing();
        return (summary.isMostlyLateness(contest, one) ? Quantile.MACHINE_MARK : "")
            + Amounts.compact(median.medianNs(), median.lowNs(), median.highNs());
    }

    private static List<Layout.Group<Map<TurnFigure, String>>> groups(Summary summary, List<Contest> contests) {
        Set<String> jvmOnly = summary.jvmOnly();
        List<Layout.Group<Map<TurnFigure, String>>> groups = new ArrayList<>();
        for (String path : contests.stream().map(Contest::path).distinct().toList()) {
            Map<String, Map<TurnFigure, String>> rows = new LinkedHashMap<>();
            contests.stream().filter(contest -> contest.path().equals(path)).forEach(contest ->
                contest.contestants().forEach(one -> rows.computeIfAbsent(
                    one.name(), any -> new EnumMap<>(TurnFigure.class))
                    .put(contest.figure(), median(summary, contest, one))));
            groups.add(new Layout.Group<>("path " + path, rows.entrySet().stream()
                .map(row -> new Layout.Row<>(Transfer.marked(row.getKey(), jvmOnly), row.getValue())).toList()));
        }
        return groups;
    }

    /** Every pair; none without any. */
    static List<Table> pairs(Summary summary) {
        List<Layout.Group<Pair>> groups = new ArrayList<>();
        for (Contest contest : summary.contests()) {
            groups.add(new Layout.Group<>("path " + contest.path() + ", " + contest.figure().label(),
                contest.pairs().stream().map(pair -> new Layout.Row<>(pair.second() + " against " + pair.first(), pair))
                    .collect(Collectors.toList())));
        }
        // Where no pair has an interval, rows of it would say nothing.
        groups.removeIf(group -> group.rows().stream().allMatch(row -> row.of().ratioLow() == null));
        return groups.isEmpty() ? List.of() : List.of(new Layout<Pair>("pair").words("", "", PairWords::sentence)
            .table("every-pair", "Medians, each pair", "Intervals of " + Units.share(summary.medians().pairLevel())
                + ". For an undecided pair: what is still possible.", groups));
    }
}
