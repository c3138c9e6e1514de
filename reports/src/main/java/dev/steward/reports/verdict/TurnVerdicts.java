package dev.steward.reports.verdict;

import dev.steward.reports.statistics.AlphaSpending;
import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.MeanInterval;
import dev.steward.reports.statistics.StudentizedRange;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.Verdicts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * What turns say of each pair of contestants. Compiled code differs from JVM to JVM, so a generation counts once: its
 * value is the median over its rounds of the logarithm of second by first. docs/statistics.md has the method and how it
 * was chosen.
 */
public final class TurnVerdicts {
    private static final double FAMILY_ALPHA = 0.05;
    private static final double PAIR_ALPHA = 0.01;
    private static final double STANDING_LEVEL = 0.99;
    private static final double MOST_MINUTES = 24 * 60;
    private static final double MS_PER_MINUTE = 60_000;

    private final TurnPlan plan;
    private final List<RunManifest.StrategyInfo> strategies;
    private final List<Verdicts.Standing> standings = new ArrayList<>();
    private final List<Verdicts.Pair> pairs = new ArrayList<>();
    private final List<TurnFamily.Match> matches;
    private final DoubleUnaryOperator reach;
    private final DoubleUnaryOperator reachAtTheEnd;
    private final List<Interval> intervals = new ArrayList<>();

    private TurnVerdicts(TurnPlan plan, List<RunManifest.StrategyInfo> strategies) {
        this.plan = plan;
        this.strategies = strategies;
        matches = matches(strategies);
        int looks = Math.max(1, plan.looks());
        double atTheEnd = AlphaSpending.share(looks, looks);
        double now = alphaSpent(plan);
        reachAtTheEnd = reach(atTheEnd);
        reach = now == atTheEnd ? reachAtTheEnd : reach(now);
    }

    /** {@return the share of the false alarms that the look leaves at which a run ended; the last one's before any} */
    public static double alphaSpent(TurnPlan plan) {
        int looks = Math.max(1, plan.looks());
        return AlphaSpending.share(plan.look() == 0 ? looks : Math.min(plan.look(), looks), looks);
    }

    /**
     * How far the intervals reach, in standard errors: as far as a family needs, by the narrower of two rules that both
     * hold, and never less far than a pair needs alone.
     *
     * @param share of the false alarms that a look may spend
     */
    private DoubleUnaryOperator reach(double share) {
        double together = FAMILY_ALPHA * share;
        double alone = PAIR_ALPHA * share;
        double each = together / Math.max(1, family());
        if (each >= alone) {
            return freedom -> MeanInterval.student(1 - alone, freedom);
        }
        if (twoBuilds()) {
            return freedom -> MeanInterval.student(1 - each, freedom);
        }
        StudentizedRange range = StudentizedRange.of(strategies.size());
        Map<Double, Double> known = new HashMap<>();
        return freedom -> known.computeIfAbsent(freedom, any -> Math.max(MeanInterval.student(1 - alone, freedom),
            Math.min(MeanInterval.student(1 - each, freedom), range.quantile(1 - together, freedom))));
    }

    /**
     * Compares each strategy with every other, and with those that are not ranked, which are the floors. Each interval
     * has the level that the look leaves at which the run ended, and before the first look there are no verdicts.
     *
     * @param run        its name
     * @param strategies the contestants
     */
    public static Verdicts of(
        String run, List<RunManifest.StrategyInfo> strategies, TurnPlan plan, List<TurnRecord> turns) {
        TurnVerdicts verdicts = new TurnVerdicts(plan, strategies);
        turns.stream().map(TurnRecord::path).distinct().sorted()
            .forEach(path -> verdicts.path(path, TurnRounds.of(turns, plan, path)));
        double leastLevel = verdicts.intervals.stream().mapToDouble(Interval::level).min().orElse(1 - PAIR_ALPHA);
        return new Verdicts(Verdicts.FORMAT, Verdicts.VERSION, run, leastLevel, verdicts.standings, verdicts.pairs);
    }

    /** Pairs that are judged together: those of a path and figure; of two builds all, since they are one gate. */
    private int family() {
        return twoBuilds() ? matches.size() * plan.precision().size() : matches.size();
    }

    private boolean twoBuilds() {
        return matches.stream().anyMatch(match -> match.first().endsWith(RunManifest.StrategyInfo.AGAINST));
    }

    private void path(String path, TurnRounds rounds) {
        List<String> names = strategies.stream().map(RunManifest.StrategyInfo::name).toList();
        for (TurnFigure figure : TurnFigure.values()) {
            Double precision = plan.precision().get(TurnPlan.key(figure, path));
            if (precision != null) {
                Map<String, Map<Integer, Double>> logs = rounds.logs(figure);
                Map<String, Double> mediansNs = new HashMap<>();
                names.stream().filter(logs::containsKey).forEach(name -> {
                    Verdicts.Standing standing = standing(path, figure, name, logs.get(name).values());
                    standings.add(standing);
                    mediansNs.put(name, standing.medianNs());
                });
                TurnFamily family = TurnFamily.of(names, figure, rounds);
                matches.forEach(match -> family.of(match).ifPresent(estimate ->
                    pairs.add(pair(path, figure, match, precision, estimate, mediansNs.get(match.first())))));
            }
        }
    }

    /** Those that are not ranked come first, and are not compared with each other. Two builds are, and nothing else. */
    static List<TurnFamily.Match> matches(List<RunManifest.StrategyInfo> strategies) {
        List<TurnFamily.Match> matches = new ArrayList<>();
        Set<String> names = strategies.stream().map(RunManifest.StrategyInfo::name).collect(Collectors.toSet());
        names.stream().sorted().map(name -> new TurnFamily.Match(name + RunManifest.StrategyInfo.AGAINST, name))
            .filter(match -> names.contains(match.first())).forEach(matches::add);
        if (!matches.isEmpty()) {
            return matches;
        }
        for (int i = 0; i < strategies.size(); i++) {
            for (int j = i + 1; j < strategies.size(); j++) {
                RunManifest.StrategyInfo one = strategies.get(i);
                RunManifest.StrategyInfo other = strategies.get(j);
                if (other.ranked()) {
                    matches.add(new TurnFamily.Match(one.name(), other.name()));
                } else if (one.ranked()) {
                    matches.add(new TurnFamily.Match(other.name(), one.name()));
                }
            }
        }
        return matches;
    }

    private static Verdicts.Standing standing(
        String path, TurnFigure figure, String strategy, Collection<Double> generations) {
        double[] logs = generations.stream().mapToDouble(Double::doubleValue).toArray();
        MeanInterval mean = MeanInterval.trimmed(logs);
        Interval interval = logs.length < 2 ? null : mean.interval(STANDING_LEVEL);
        return new Verdicts.Standing(path, figure.label(), strategy, Math.exp(mean.mean()),
            interval == null ? null : Math.exp(interval.low()), interval == null ? null : Math.exp(interval.high()),
            logs.length);
    }

    /** Nanoseconds are the ratio at the median of the first: two inferences could contradict each other. */
    private Verdicts.Pair pair(
        String path, TurnFigure figure, TurnFamily.Match match, double precision, TurnFamily.Estimate estimate,
        double firstNs) {
        double ratio = Math.exp(estimate.log().mean());
        if (estimate.generations() < 2) {
            return new Verdicts.Pair(path, figure.label(), match.first(), match.second(), Verdicts.Verdict.UNDECIDED,
                ratio, null, null, firstNs * (ratio - 1), null, null, precision, estimate.generations(),
                estimate.rounds(), null);
        }
        boolean tooEarly = plan.look() == 0 || estimate.generations() < TurnPlan.FEWEST_GENERATIONS;
        Interval log = estimate.log().interval(tooEarly ? reachAtTheEnd : reach);
        intervals.add(log);
        double low = Math.exp(log.low());
        double high = Math.exp(log.high());
        Verdicts.Verdict verdict = tooEarly ? Verdicts.Verdict.UNDECIDED
            : verdict(log, Math.log1p(precision));
        return new Verdicts.Pair(path, figure.label(), match.first(), match.second(), verdict, ratio, low, high,
            firstNs * (ratio - 1), firstNs * (low - 1), firstNs * (high - 1), precision, estimate.generations(),
            estimate.rounds(),
            verdict == Verdicts.Verdict.UNDECIDED ? minutesMore(estimate, Math.log1p(precision)) : null);
    }

    /** What is certain but smaller than what was asked for is no difference: nobody chooses a lock by it. */
    private static Verdicts.Verdict verdict(Interval log, double bound) {
        if (log.within(-bound, bound)) {
            return Verdicts.Verdict.NO_DIFFERENCE;
        }
        return log.contains(0) ? Verdicts.Verdict.UNDECIDED
            : log.high() < 0 ? Verdicts.Verdict.BETTER : Verdicts.Verdict.WORSE;
    }

    /**
     * Until the interval leaves out either no difference or one that counts, if the estimate stays as it is: the
     * half-width has to fall below the larger of the two distances. Null if that takes more than a day.
     */
    private Double minutesMore(TurnFamily.Estimate estimate, double bound) {
        double mean = Math.abs(estimate.log().mean());
        int now = estimate.generations();
        double needed = Math.max(TurnPlan.FEWEST_GENERATIONS,
            estimate.log().valuesFor(now, Math.max(mean, bound - mean), reachAtTheEnd));
        double minutes = Math.max(1, needed - now) * plan.spentMs() / now / MS_PER_MINUTE;
        return minutes > MOST_MINUTES ? null : Double.valueOf(minutes);
    }
}
