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

/** The rounds of one path that count: not of the run-in, and not left out by a rule that was fixed beforehand. */
public final class TurnRounds {
    /** By generation, then what each contestant did in a round. */
    private final List<List<Map<String, TurnRecord>>> generations;
    private final double fewest;

    private TurnRounds(List<List<Map<String, TurnRecord>>> generations, double fewest) {
        this.generations = generations;
        this.fewest = fewest;
    }

    /** Sorts out the turns of a run. */
    public static TurnRounds of(List<TurnRecord> turns, TurnPlan plan, String path) {
        // A JVM differs from the next by more than a median over few rounds does from one over many: half is enough.
        return new TurnRounds(List.copyOf(byGeneration(turns, path).values()), plan.rounds() / 2.0);
    }

    /** {@return the rounds of a path that count, by generation: what each contestant did in one} */
    public static Map<Integer, List<Map<String, TurnRecord>>> byGeneration(List<TurnRecord> turns, String path) {
        Map<List<Integer>, Map<String, TurnRecord>> rounds = new LinkedHashMap<>();
        Set<List<Integer>> out = new HashSet<>();
        for (TurnRecord turn : turns) {
            if (turn.path().equals(path) && turn.round() > 0) {
                List<Integer> round = List.of(turn.generation(), turn.round());
                rounds.computeIfAbsent(round, any -> new HashMap<>()).put(turn.strategy(), turn);
                if (!turn.kept()) {
                    out.add(round);
                }
            }
        }
        rounds.keySet().removeAll(out);
        Map<Integer, List<Map<String, TurnRecord>>> generations = new TreeMap<>();
        rounds.forEach((round, contestants) ->
            generations.computeIfAbsent(round.get(0), any -> new ArrayList<>()).add(contestants));
        return generations;
    }

    /**
     * Two contestants: a value for each generation, the median over its rounds.
     *
     * @param logs   of second by first
     * @param rounds over all generations
     */
    public record Paired(double[] logs, int rounds) {
    }

    /** Pairs the turns of two contestants. */
    public Paired paired(TurnFigure figure, String first, String second) {
        List<Double> logs = new ArrayList<>();
        int rounds = 0;
        for (List<Map<String, TurnRecord>> generation : generations) {
            double[] both = generation.stream()
                .mapToDouble(round -> median(round, figure, second) / median(round, figure, first))
                .filter(ratio -> ratio > 0 && Double.isFinite(ratio)).map(Math::log).toArray();
            if (counts(both)) {
                rounds += both.length;
                logs.add(Median.of(both));
            }
        }
        return new Paired(logs.stream().mapToDouble(Double::doubleValue).toArray(), rounds);
    }

    private boolean counts(double[] rounds) {
        return rounds.length > 0 && rounds.length >= fewest;
    }

    /** {@return logarithms of one contestant's medians, not compared: a value for each generation} */
    public double[] logs(TurnFigure figure, String strategy) {
        return generations.stream().map(generation -> generation.stream()
                .mapToDouble(round -> median(round, figure, strategy)).filter(ns -> ns > 0).map(Math::log).toArray())
            .filter(this::counts).mapToDouble(Median::of).toArray();
    }

    private static double median(Map<String, TurnRecord> round, TurnFigure figure, String strategy) {
        TurnRecord turn = round.get(strategy);
        return turn == null ? Double.NaN : turn.medianNs(figure);
    }
}
