package dev.steward.reports.table;

import dev.steward.reports.summary.Contest;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.Comparison;
import dev.steward.results.Median;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.Verdicts;
import dev.steward.results.Verdicts.Pair;
import dev.steward.results.Verdicts.Verdict;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first lines of a report: which strategies are as good as the best, simplest first, what the lock costs, and which
 * promises broke.
 */
final class Answer {
    private static final String OPEN = "undecided: ";
    private static final String BOUND = "(first touched on )?(CPU )?\\d[\\d,-]*";

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
        if (summary.twoBuilds()) {
            answer.builds();
            answer.lines.addAll(Promises.of(summary));
            answer.undecided();
            answer.unbound();
            return answer.lines;
        }
        if (summary.disturbed()) {
            answer.lines.addAll(Promises.of(summary));
            return answer.lines;
        }
        answer.choice();
        summary.run().paths().forEach(answer::path);
        answer.noFloor();
        answer.lines.addAll(Promises.of(summary));
        answer.lines.addAll(WrongGuest.of(summary));
        answer.starved();
        answer.undecided();
        answer.unbound();
        return answer.lines;
    }

    /** Each strategy against itself in the other build. */
    private void builds() {
        for (String path : summary.run().paths()) {
            summary.run().strategies().stream().map(RunManifest.StrategyInfo::name)
                .filter(name -> !name.endsWith(RunManifest.StrategyInfo.AGAINST)).forEach(name -> lines.add(
                    name + " of this build against the other one, path " + path + ": " + contests.stream()
                    .filter(contest -> contest.path().equals(path)).map(contest -> contest.figure().label() + " "
                        + contest.pair(name + RunManifest.StrategyInfo.AGAINST, name).map(PairWords::sentence)
                            .orElse("not compared")).collect(Collectors.joining("; ")) + "."));
        }
    }

    /** What the simplest adds, and the simplest of those that are as good as the best where that is another. */
    private void path(String path) {
        List<Contest> figures = contests.stream().filter(contest -> contest.path().equals(path)).toList();
        Stream.concat(figures.stream().limit(1).map(contest -> contest.simplest().name()), figures.stream()
                .filter(contest -> contest.againstBest(Verdict.WORSE).stream()
                    .anyMatch(pair -> pair.second().equals(contest.simplest().name())))
                .flatMap(contest -> contest.asGoodAsBest().stream().limit(1))).distinct()
            .forEach(name -> cost(path, name));
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
        if (open.stream().allMatch(Answer::undecided)) {
            lines.add("Nothing is decided" + why() + ".");
            return;
        }
        String everywhere = notWorse(open);
        if (!everywhere.isEmpty()) {
            String where = " as good as the best in every figure"
                + (summary.run().paths().size() > 1 ? " on every path" : "");
            lines.add(everywhere.startsWith(OPEN)
                ? "No strategy is known to be" + where + "; open for " + everywhere.substring(OPEN.length()) + "."
                : capital(where.strip()) + (everywhere.contains(",") ? ", simplest first: " : ": ") + everywhere + ".");
            return;
        }
        lines.add("No strategy is as good as the best in every figure. " + Arrays.stream(TurnFigure.values())
            .map(figure -> notWorse(figure, open)).filter(text -> !text.isEmpty()).collect(Collectors.joining(" ")));
    }

    /** Whether nothing is known of any two. */
    private static boolean undecided(Contest contest) {
        List<String> ranked = contest.ranked().stream().map(Contest.Contestant::name).toList();
        return contest.pairs().stream().filter(pair -> ranked.containsAll(List.of(pair.first(), pair.second())))
            .allMatch(pair -> pair.verdict() == Verdict.UNDECIDED);
    }

    /** Of turns the line on what is left open says more. */
    private String why() {
        TurnPlan plan = summary.run().turns();
        int most = summary.turnVerdicts().map(verdicts -> Verdicts.mostGenerations(verdicts.pairs())).orElse(0);
        if (plan != null && most < TurnPlan.FEWEST_GENERATIONS) {
            String need = ": verdicts need " + TurnPlan.FEWEST_GENERATIONS + " generations of JVMs";
            return plan.generations() == 0 ? need + ", and none has ended"
                : most == plan.generations() ? need + ", and the run has " + most
                : need + " in which a pair meets, and no pair has met in more than " + most + " of "
                    + plan.generations();
        }
        return summary.verdicts().comparisons().stream().map(Comparison::reason)
            .min(Comparator.comparing(reason -> reason.kind() != Comparison.Kind.TOO_FEW))
            .map(reason -> ": " + reason.sentence()).orElse("");
    }

    private static String notWorse(TurnFigure figure, List<Contest> contests) {
        String set = notWorse(contests.stream().filter(contest -> contest.figure() == figure).toList());
        return set.isEmpty() ? "" : capital(several(figure)) + ": " + set + ".";
    }

    /** As good as the best in all of some contests, then those of which that is not decided; empty if none is. */
    private static String notWorse(List<Contest> contests) {
        List<String> good = names(contests);
        contests.forEach(contest -> good.retainAll(contest.asGoodAsBest()));
        List<String> maybe = names(contests);
        maybe.removeAll(good);
        contests.forEach(contest -> maybe.retainAll(
            contest.ranked().stream().map(Contest.Contestant::name).toList()));
        contests.forEach(contest -> maybe.removeAll(
            contest.againstBest(Verdict.WORSE).stream().map(Pair::second).toList()));
        return set(good, maybe);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
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
        String open = maybe.isEmpty() ? "" : OPEN + String.join(", ", maybe);
        return sure.isEmpty() || open.isEmpty() ? sure + open : sure + " (" + open + ")";
    }

    private void cost(String path, String name) {
        List<String> costs = Stream.of(cost(path, TurnFigure.EVENT, TurnFigure.EVENT, name),
            // The strategy's part alone: the rest of an attach scatters more than it takes.
            cost(path, TurnFigure.COMMIT, TurnFigure.ATTACH, name)).flatMap(Optional::stream).toList();
        if (!costs.isEmpty()) {
            lines.add("Path " + path + ", against no lock: " + name + " " + joined(costs) + ".");
        } else if (summary.run().turns() == null) {
            stages(path, name);
        }
    }

    /** One verb does for both where it is the same. */
    private static String joined(List<String> costs) {
        String verb = costs.get(0).substring(0, costs.get(0).indexOf(' ') + 1);
        return costs.stream().skip(1).map(cost -> cost.startsWith(verb) ? cost.substring(verb.length()) : cost)
            .collect(Collectors.joining(", and ", costs.get(0) + (costs.size() > 1 ? ", and " : ""), ""));
    }

    /** Without turns the floor is in no pair, and what a lock takes comes from the stages of an event. */
    private void stages(String path, String name) {
        Optional.ofNullable(summary.strategy(path, name)).flatMap(summary::guardCost).ifPresent(cost ->
            lines.add("Path " + path + ", against no lock: " + name + " adds " + Amounts.time(Median.of(cost.ns()),
                cost.ns()[0], cost.ns()[cost.ns().length - 1]) + " to an event"
                + Wording.format(", %.0f %% of its handling.", 100 * cost.share())));
    }

    private Optional<String> cost(String path, TurnFigure part, TurnFigure whole, String name) {
        return contest(path, part).flatMap(contest -> contest.contestant(name).flatMap(contest::cost))
            .filter(pair -> pair.differenceLowNs() != null)
            .map(pair -> cost(pair, contest(path, whole).flatMap(contest -> contest.contestant(name))
                .map(one -> one.standing().medianNs()).orElse(Double.NaN), part == whole ? an(whole) : "the commit",
                an(whole) + (whole == TurnFigure.EVENT && summary.eventWithWakeUpNs(path).isPresent()
                    ? " after the wake-up" : "")));
    }

    private void noFloor() {
        String missing = summary.strategies().filter(one -> one.info().ranked())
            .filter(one -> summary.strategy(one.path(), Summary.floor(one)) == null).map(Summary::floor).distinct()
            .sorted().collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            lines.add("What the locks cost cannot be told: " + missing + ", which has none, is not in the run"
                + (summary.strategies().allMatch(one -> one.info().ranked())
                    ? "; nor does anything show that a broken promise would be found." : "."));
        }
    }

    /** The interval says whether there is a cost at all; one that is wider than the whole says nothing. */
    static String cost(Pair pair, double wholeNs, String part, String whole) {
        boolean least = pair.wide();
        if (pair.differenceHighNs() <= 0) {
            // Of the strategy's own time it is no share: it is what the floor takes longer.
            return "takes " + (least ? PairWords.atLeast(pair) : Amounts.time(
                -pair.differenceNs(), -pair.differenceHighNs(), -pair.differenceLowNs())) + " less for " + part;
        }
        double saidNs = uncertain(pair) ? pair.differenceHighNs()
            : least ? PairWords.leastNs(pair) : pair.differenceNs();
        String to = " to " + part;
        if (saidNs > wholeNs || !pair.tells()) {
            return "adds an amount that this run cannot tell" + to;
        }
        return "adds " + (uncertain(pair) ? "at most " + Amounts.time(saidNs) : least ? PairWords.atLeast(pair)
            : Amounts.time(saidNs, pair.differenceLowNs(), pair.differenceHighNs())) + to + (Double.isNaN(wholeNs) ? ""
            : Wording.format(" (%.0f %% of %s, %s)", 100 * saidNs / wholeNs, whole, Amounts.time(wholeNs)));
    }

    private static String an(TurnFigure figure) {
        return figure == TurnFigure.EVENT ? "an event" : "an attach";
    }

    private static boolean uncertain(Pair pair) {
        return pair.differenceLowNs() < 0 && pair.differenceHighNs() > 0;
    }

    private void asGood(String path) {
        String figures = contests.stream().filter(contest -> contest.path().equals(path))
            .filter(contest -> contest.ranked().size() > 1).map(Answer::asGood).collect(Collectors.joining("; "));
        if (!figures.isEmpty() && !contests.stream().allMatch(Answer::undecided)) {
            lines.add("Path " + path + ", as good as the best: " + figures + ".");
        }
    }

    private static String asGood(Contest contest) {
        String what = several(contest.figure()) + " ";
        Optional<Double> bound = contest.noDifferenceAbove();
        if (undecided(contest)) {
            return what + "not decided";
        }
        return what + (bound.isPresent() ? "all, none differs by more than " + Amounts.bound(bound.get())
            : set(contest.asGoodAsBest(), contest.againstBest(Verdict.UNDECIDED).stream().map(Pair::second).toList()));
    }

    private Optional<Contest> contest(String path, TurnFigure figure) {
        return contests.stream().filter(one -> one.path().equals(path) && one.figure() == figure).findFirst();
    }

    /** What a run that spent its budget leaves open. */
    private void undecided() {
        List<Pair> pairs = contests.stream().flatMap(contest -> contest.pairs().stream()).toList();
        List<Pair> open = pairs.stream().filter(pair -> pair.verdict() == Verdict.UNDECIDED).toList();
        List<Double> minutes = open.stream()
            .map(pair -> pair.minutesMore() == null ? Double.POSITIVE_INFINITY : pair.minutesMore()).sorted().toList();
        if (!open.isEmpty() && (open.size() < pairs.size() || Double.isFinite(minutes.get(0)))) {
            lines.add(pairs.size() - open.size() + " of " + Wording.counted(pairs.size(), "pair") + " are decided"
                + (summary.run().turns() == null ? "" : more(minutes)) + ".");
        }
    }

    /** The last pair may take far longer than most, or more than a day, which is infinite here. */
    private static String more(List<Double> minutes) {
        double half = minutes.get((minutes.size() - 1) / 2);
        double all = minutes.get(minutes.size() - 1);
        if (Double.isInfinite(half)) {
            return "; most of the rest would take more than a day";
        }
        String rest = Double.isInfinite(all) ? "more than a day" : Amounts.minutes(all);
        return Amounts.minutes(half).equals(rest) ? "; " + rest + " would decide the rest"
            : "; " + Amounts.minutes(half) + " would decide half of the rest, " + rest + " all of it";
    }

    private void starved() {
        summary.strategies().filter(one -> one.starvedNs() > 0).forEach(one -> lines.add("Starved: an attach of "
            + one.info().name() + " took " + Amounts.time(one.starvedNs()) + " on path " + one.path() + "."));
    }

    /** Where the scheduler was free to move threads, which is the largest noise there is. */
    private void unbound() {
        if (summary.run().turns() != null) {
            List<String> free = summary.run().turns().placement().stream()
                .filter(placed -> !placed.cpus().matches(BOUND))
                .map(placed -> placed.thread() + ", " + placed.cpus()).toList();
            if (!free.isEmpty() || summary.run().turns().placement().isEmpty()) {
                lines.add("Expect twice the scatter, since threads ran on any CPU"
                    + (free.isEmpty() ? "" : " (" + String.join("; ", free) + ")") + ".");
            }
        }
    }
}
