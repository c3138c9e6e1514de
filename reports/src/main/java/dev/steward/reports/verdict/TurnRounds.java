package dev.steward.reports.verdict;

import dev.steward.reports.statistics.Median;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** The rounds of one path that count: not of the run-in, and not left out by a rule that was fixed beforehand. */
public final class TurnRounds {
    /** By generation. */
    private final Map<Integer, List<Map<String, TurnRecord>>> rounds;
    private final double fewest;

    private TurnRounds(Map<Integer, List<Map<String, TurnRecord>>> rounds, double fewest) {
        this.rounds = rounds;
        this.fewest = fewest;
    }

    /** Sorts out the turns of a run. */
    public static TurnRounds of(List<TurnRecord> turns, TurnPlan plan, String path) {
        Map<List<Integer>, Map<String, TurnRecord>> byRound = new LinkedHashMap<>();
        Set<List<Integer>> out = new HashSet<>();
        for (TurnRecord turn : turns) {
            if (turn.path().equals(path) && turn.round() > 0) {
                List<Integer> round = List.of(turn.generation(), turn.round());
                byRound.computeIfAbsent(round, any -> new HashMap<>()).put(turn.strategy(), turn);
                if (!turn.kept()) {
                    out.add(round);
                }
            }
        }
        byRound.keySet().removeAll(out);
        Map<Integer, List<Map<String, TurnRecord>>> byGeneration = new TreeMap<>();
        byRound.forEach((round, contestants) ->
            byGeneration.computeIfAbsent(round.get(0), any -> new ArrayList<>()).add(contestants));
        return new TurnRounds(byGeneration, plan.rounds() / 2.0);
    }

    /** {@return one value of each generation: the median over its rounds} */
    public Values of(TurnFigure figure, String first, String second, DoubleBinaryOperator difference) {
        List<Double> values = new ArrayList<>();
        int all = 0;
        for (List<Map<String, TurnRecord>> generation : rounds.values()) {
            double[] of = generation.stream().filter(round -> round.containsKey(first) && round.containsKey(second))
                .mapToDouble(round -> difference.applyAsDouble(
                    round.get(first).medianNs(figure), round.get(second).medianNs(figure)))
                .filter(Double::isFinite).toArray();
            // A JVM differs from the next by more than a median over a few rounds from that over many: half is enough.
            if (of.length >= fewest && of.length > 0) {
                values.add(Median.of(of));
                all += of.length;
            }
        }
        return new Values(values.stream().mapToDouble(Double::doubleValue).toArray(), all);
    }

    /** Of a pair or a contestant: a value of each generation, and over how many rounds. */
    public record Values(double[] values, int rounds) {
    }
}
