package dev.steward.reports.verdict;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.MeanInterval;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.Verdicts;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.stat.StatUtils;

/**
 * What turns say of each pair of contestants. Compiled code differs from JVM to JVM, so a generation counts once: its
 * value is the median over its rounds of the logarithm of second by first.
 */
public final class TurnVerdicts {
    private static final double FAMILY_ALPHA = 0.05;
    private static final double PAIR_ALPHA = 0.01;
    private static final double STANDING_LEVEL = 0.99;
    /** Fewest generations that give a verdict. */
    private static final int FEWEST = 6;

    private final TurnPlan plan;
    private final List<RunManifest.StrategyInfo> strategies;
    private final List<Verdicts.Standing> standings = new ArrayList<>();
    private final List<Verdicts.Pair> pairs = new ArrayList<>();
    private final double level;

    private TurnVerdicts(TurnPlan plan, List<RunManifest.StrategyInfo> strategies) {
        this.plan = plan;
        this.strategies = strategies;
        level = 1 - Math.min(PAIR_ALPHA, FAMILY_ALPHA / Math.max(1, matches().size()));
    }

    /**
     * Compares each strategy with every other, and with those that are not ranked, which are the floors.
     *
     * @param run        its name
     * @param strategies the contestants
     */
    public static Verdicts of(
        String run, List<RunManifest.StrategyInfo> strategies, TurnPlan plan, List<TurnRecord> turns) {
        TurnVerdicts verdicts = new TurnVerdicts(plan, strategies);
        turns.stream().map(TurnRecord::path).distinct().sorted()
            .forEach(path -> verdicts.path(path, TurnRounds.of(turns, plan, path)));
        return new Verdicts(Verdicts.FORMAT, Verdicts.VERSION, run, verdicts.level, verdicts.standings,
            verdicts.pairs);
    }

    private void path(String path, TurnRounds rounds) {
        for (TurnFigure figure : TurnFigure.values()) {
            if (plan.precision().containsKey(TurnPlan.key(figure, path))) {
                strategies.forEach(strategy -> standing(path, figure, strategy.name(), rounds));
                matches().forEach(match -> pair(path, figure, match, rounds));
            }
        }
    }

    /** Those that are not ranked come first, and are not compared with each other. */
    private List<Match> matches() {
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < strategies.size(); i++) {
            for (int j = i + 1; j < strategies.size(); j++) {
                RunManifest.StrategyInfo one = strategies.get(i);
                RunManifest.StrategyInfo other = strategies.get(j);
                if (other.ranked()) {
                    matches.add(new Match(one.name(), other.name()));
                } else if (one.ranked()) {
                    matches.add(new Match(other.name(), one.name()));
                }
            }
        }
        return matches;
    }

    private void standing(String path, TurnFigure figure, String strategy, TurnRounds rounds) {
        TurnRounds.Values values = rounds.of(figure, strategy, strategy, (one, same) -> Math.log(one));
        int generations = values.values().length;
        if (generations > 0) {
            Interval interval = generations < 2 ? null : MeanInterval.of(values.values()).interval(STANDING_LEVEL);
            standings.add(new Verdicts.Standing(path, figure.label(), strategy,
                Math.exp(StatUtils.mean(values.values())), interval == null ? null : Math.exp(interval.low()),
                interval == null ? null : Math.exp(interval.high()), generations));
        }
    }

    private void pair(String path, TurnFigure figure, Match match, TurnRounds rounds) {
        TurnRounds.Values logs = rounds.of(figure, match.first, match.second,
            (first, second) -> Math.log(second / first));
        TurnRounds.Values differences = rounds.of(figure, match.first, match.second,
            (first, second) -> second - first);
        int generations = logs.values().length;
        if (generations == 0) {
            return;
        }
        double precision = plan.precision().get(TurnPlan.key(figure, path));
        double ratio = Math.exp(StatUtils.mean(logs.values()));
        double difference = StatUtils.mean(differences.values());
        if (generations < 2) {
            pairs.add(new Verdicts.Pair(path, figure.label(), match.first, match.second, Verdicts.Verdict.UNDECIDED,
                ratio, null, null, difference, null, null, precision, generations, logs.rounds(), null));
            return;
        }
        MeanInterval mean = MeanInterval.of(logs.values());
        Interval interval = mean.interval(level);
        Interval ns = MeanInterval.of(differences.values()).interval(level);
        pairs.add(new Verdicts.Pair(path, figure.label(), match.first, match.second,
            generations < FEWEST ? Verdicts.Verdict.UNDECIDED : verdict(interval, Math.log1p(precision)), ratio,
            Math.exp(interval.low()), Math.exp(interval.high()), difference, ns.low(), ns.high(), precision,
            generations, logs.rounds(), null));
    }

    private static Verdicts.Verdict verdict(Interval log, double bound) {
        if (log.within(-bound, bound)) {
            return Verdicts.Verdict.NO_DIFFERENCE;
        }
        return log.contains(0) ? Verdicts.Verdict.UNDECIDED
            : log.high() < 0 ? Verdicts.Verdict.BETTER : Verdicts.Verdict.WORSE;
    }

    /** Two that are compared: the second against the first. */
    private record Match(String first, String second) {
    }
}
