package dev.steward.reports.verdict;

import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import dev.steward.results.Units;
import dev.steward.results.Verdicts;
import dev.steward.results.Wording;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a run that takes turns stands.
 *
 * @param enough whether every pair is decided at the look that was reached
 * @param line   for the progress display, without a full stop
 */
public record TurnStanding(boolean enough, String line) {
    /** Judges the turns so far. */
    public static TurnStanding of(List<RunManifest.StrategyInfo> strategies, TurnPlan plan, List<TurnRecord> turns) {
        List<Verdicts.Pair> pairs = TurnVerdicts.of("", strategies, plan, turns).pairs();
        long decided = pairs.stream().filter(TurnStanding::decided).count();
        String left = Wording.leftOfBudget(plan.budgetMs() - plan.spentMs());
        Set<String> ranked = strategies.stream().filter(RunManifest.StrategyInfo::ranked)
            .map(RunManifest.StrategyInfo::name).collect(Collectors.toSet());
        List<Verdicts.Pair> judged =
            pairs.stream().filter(pair -> pair.generations() >= TurnPlan.FEWEST_GENERATIONS).toList();
        // A lock against the floor interests less, but is better than nothing: there may be one lock alone.
        String line = judged.stream().filter(pair -> ranked.contains(pair.first())).max(INTEREST)
            .or(() -> judged.stream().max(INTEREST))
            .map(pair -> of(pair) + ", " + decided + " of " + pairs.size() + " decided, " + left)
            .orElse((TurnVerdicts.matches(strategies).isEmpty() ? "no pair to judge"
                : none(plan, Verdicts.mostGenerations(pairs))) + ", " + left);
        return new TurnStanding(!pairs.isEmpty() && decided == pairs.size(), line);
    }

    /** Where groups follow each other a pair has met less often than there were generations. */
    private static String none(TurnPlan plan, int most) {
        return most == plan.generations() ? "verdicts from generation " + TurnPlan.FEWEST_GENERATIONS + " on"
            : "verdicts once a pair has met in " + TurnPlan.FEWEST_GENERATIONS + " generations (now " + most + ")";
    }

    /** What keeps the run going, the largest first; if nothing does, the largest difference. */
    private static final Comparator<Verdicts.Pair> INTEREST =
        Comparator.comparing((Verdicts.Pair pair) -> !decided(pair))
            .thenComparingDouble(pair -> Math.abs(Math.log(pair.ratio())) / pair.precision());

    private static boolean decided(Verdicts.Pair pair) {
        return pair.verdict() != Verdicts.Verdict.UNDECIDED;
    }

    private static String of(Verdicts.Pair pair) {
        String who = pair.figure() + " on " + pair.path() + ": " + pair.second() + " against " + pair.first();
        if (!pair.tells()) {
            return who + " cannot be told yet";
        }
        double half = (pair.differenceHighNs() - pair.differenceLowNs()) / 2;
        return who + (pair.differenceNs() < 0 ? " -" : " +") + ns(pair.differenceNs()) + " +-" + ns(half);
    }

    private static String ns(double ns) {
        return Units.duration(Math.round(Math.abs(ns)));
    }
}
