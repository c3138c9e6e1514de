package dev.steward.reports.table;

import dev.steward.reports.summary.Contest;
import dev.steward.reports.summary.Summary;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.Verdicts.Pair;
import dev.steward.results.Verdicts.Verdict;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The first lines of a report: which strategies are as good as the best, simplest first, what the lock costs, and which
 * promises broke.
 */
final class Answer {
    private final Summary summary;
    private final List<Contest> contests;
    private final List<String> lines = new ArrayList<>();

    private Answer(Summary summary) {
        this.summary = summary;
        contests = summary.contests();
    }

    /** {@return one sentence or two in each line; at least one line} */
    static List<String> of(Summary summary) {
        Answer answer = new Answer(summary);
        if (answer.contests.isEmpty()) {
            answer.lines.addAll(VerdictTables.statements(summary));
        } else {
            answer.choice();
            summary.run().paths().forEach(answer::path);
        }
        answer.lines.addAll(Promises.of(summary));
        return answer.lines;
    }

    private void path(String path) {
        cost(path, TurnFigure.EVENT);
        cost(path, TurnFigure.COMMIT);
        asGood(path);
    }

    /** Over all contests. */
    private void choice() {
        List<Contest> open = contests.stream().filter(contest -> contest.ranked().size() > 1).toList();
        if (open.isEmpty()) {
            lines.add("Nothing to choose from: fewer than two strategies have figures.");
            return;
        }
        if (open.stream().allMatch(contest -> contest.noDifferenceAbove().isPresent())) {
            lines.add("The choice hardly matters: no two strategies differ by more than "
                + String.join(", ", bounds(open)) + ". The simplest is " + open.get(0).simplest().name() + ".");
            return;
        }
        String everywhere = notWorse(open);
        if (!everywhere.isEmpty()) {
            lines.add("As good as the best in every figure on every path, simplest first: " + everywhere + ".");
            return;
        }
        lines.add("No strategy is as good as the best in every figure. " + Arrays.stream(TurnFigure.values())
            .map(figure -> notWorse(figure, open)).filter(text -> !text.isEmpty()).collect(Collectors.joining(" ")));
    }

    private static String notWorse(TurnFigure figure, List<Contest> contests) {
        String set = notWorse(contests.stream().filter(contest -> contest.figure() == figure).toList());
        return set.isEmpty() ? "" : "For " + several(figure) + " take " + set + ".";
    }

    /** As good as the best in all of some contests, then those of which that is not decided; empty if none is. */
    private static String notWorse(List<Contest> contests) {
        List<String> good = names(contests);
        contests.forEach(contest -> good.retainAll(contest.asGoodAsBest()));
        List<String> maybe = names(contests);
        maybe.removeAll(good);
        contests.forEach(contest -> maybe.removeAll(
            contest.againstBest(Verdict.WORSE).stream().map(Pair::second).toList()));
        return set(good, maybe);
    }

    private static String several(TurnFigure figure) {
        return figure == TurnFigure.ATTACH ? "attaches" : figure.label() + "s";
    }

    /** For each figure the largest bound of all paths. */
    private static List<String> bounds(List<Contest> contests) {
        Map<TurnFigure, Double> largest = new LinkedHashMap<>();
        contests.forEach(contest ->
            largest.merge(contest.figure(), contest.noDifferenceAbove().orElseThrow(), Math::max));
        return largest.entrySet().stream()
            .map(of -> Amounts.bound(of.getValue()) + " in the median " + of.getKey().label()).toList();
    }

    private static List<String> names(List<Contest> contests) {
        List<String> names = new ArrayList<>();
        contests.stream().flatMap(contest -> contest.ranked().stream()).map(Contest.Contestant::info).distinct()
            .sorted(RunManifest.StrategyInfo.SIMPLEST_FIRST).forEach(info -> names.add(info.name()));
        return names;
    }

    private static String set(List<String> good, List<String> maybe) {
        String sure = String.join(", ", good);
        String open = maybe.isEmpty() ? "" : "perhaps " + String.join(", ", maybe);
        return sure.isEmpty() || open.isEmpty() ? sure + open : sure + ", " + open;
    }

    /** What the simplest strategy takes beyond its floor, and the cheapest and the dearest beside it. */
    private void cost(String path, TurnFigure figure) {
        contest(path, figure).ifPresent(contest -> {
            List<Cost> costs = contest.ranked().stream()
                .map(one -> contest.cost(one).map(pair -> cost(contest, one, pair)).orElse(null))
                .filter(Objects::nonNull).toList();
            if (!costs.isEmpty()) {
                lines.add("Path " + path + ": against no lock at all " + costs.get(0).name + " costs "
                    + (figure == TurnFigure.EVENT ? "an event " : "an attach ") + costs.get(0).text() + range(costs)
                    + ".");
            }
        });
    }

    /** A commit is a part of an attach: its cost is a share of the whole attach. */
    private Cost cost(Contest contest, Contest.Contestant one, Pair pair) {
        Optional<Contest.Contestant> whole = contest.figure() == TurnFigure.EVENT ? Optional.of(one)
            : contest(contest.path(), TurnFigure.ATTACH).flatMap(attach -> attach.contestant(one.name()));
        return new Cost(one.name(), pair, whole.map(of -> of.standing().medianNs()).orElse(Double.NaN));
    }

    private static String range(List<Cost> costs) {
        List<Cost> others = costs.stream().skip(1).sorted(Comparator.comparingDouble(Cost::ns)).toList();
        return switch (others.size()) {
            case 0 -> "";
            case 1 -> "; " + others.get(0).brief();
            default -> "; the others " + others.get(0).brief() + " to " + others.get(others.size() - 1).brief();
        };
    }

    private void asGood(String path) {
        String figures = contests.stream().filter(contest -> contest.path().equals(path))
            .filter(contest -> contest.ranked().size() > 1).map(Answer::asGood).collect(Collectors.joining("; "));
        if (!figures.isEmpty()) {
            lines.add("Path " + path + ", as good as the best: " + figures + ".");
        }
    }

    private static String asGood(Contest contest) {
        String what = several(contest.figure()) + " ";
        Optional<Double> bound = contest.noDifferenceAbove();
        return what + (bound.isPresent() ? "all, none differs by more than " + Amounts.bound(bound.get())
            : set(contest.asGoodAsBest(), contest.againstBest(Verdict.UNDECIDED).stream().map(Pair::second).toList()));
    }

    private Optional<Contest> contest(String path, TurnFigure figure) {
        return contests.stream().filter(one -> one.path().equals(path) && one.figure() == figure).findFirst();
    }

    /** What a strategy takes beyond its floor. */
    private record Cost(String name, Pair pair, double wholeNs) {
        double ns() {
            return pair.differenceNs();
        }

        /** The interval says whether there is a cost at all. */
        String text() {
            boolean none = pair.differenceLowNs() != null && pair.differenceLowNs() < 0 && pair.differenceHighNs() > 0;
            return none ? "at most " + Amounts.time(pair.differenceHighNs()) + share(pair.differenceHighNs())
                : Amounts.time(ns(), pair.differenceLowNs(), pair.differenceHighNs()) + share(ns());
        }

        private String share(double ns) {
            return Double.isNaN(wholeNs) ? "" : Wording.format(", %.0f %% of its %s", 100 * ns / wholeNs,
                Amounts.time(wholeNs));
        }

        String brief() {
            return Amounts.time(ns()) + " (" + name + ")";
        }
    }
}
