package dev.steward.reports.guide;

import dev.steward.reports.statistics.Median;
import dev.steward.reports.verdict.TurnRounds;
import dev.steward.results.GridData;
import dev.steward.results.TurnFigure;
import dev.steward.results.TurnRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the turns of a point come down to: one value for each strategy and generation. The machine moves from round to
 * round and takes all contestants along, so a strategy is judged against the middle of each round: the median over the
 * rounds of that difference of logarithms, on top of the middle round. This is one sweep of the median polish
 * (J. Tukey, Exploratory Data Analysis, 1977, chapter 11), and the ratio of two strategies is that of neighbours.
 */
final class TurnMedians {
    private static final double TENTHS = 10;

    private TurnMedians() {
    }

    /** By strategy. */
    static Map<String, List<GridData.TurnsData>> of(List<TurnRecord> turns) {
        Map<String, List<GridData.TurnsData>> all = new HashMap<>();
        for (String path : new TreeSet<>(turns.stream().map(TurnRecord::path).toList())) {
            Map<Integer, List<Map<String, TurnRecord>>> rounds =
                TurnRounds.byGeneration(turns, path);
            for (TurnFigure figure : TurnFigure.values()) {
                Map<String, Map<Integer, Double>> medians = new HashMap<>();
                rounds.forEach((generation, of) -> generation(of, figure).forEach((strategy, ns) ->
                    medians.computeIfAbsent(strategy, any -> new TreeMap<>()).put(generation, ns)));
                medians.forEach((strategy, of) -> all.computeIfAbsent(strategy, any -> new ArrayList<>())
                    .add(new GridData.TurnsData(path, figure.label(), of)));
            }
        }
        return all;
    }

    private static Map<String, Double> generation(List<Map<String, TurnRecord>> rounds, TurnFigure figure) {
        List<Double> levels = new ArrayList<>();
        Map<String, List<Double>> apart = new HashMap<>();
        for (Map<String, TurnRecord> round : rounds) {
            Map<String, Double> logs = new HashMap<>();
            round.forEach((strategy, turn) -> {
                double ns = turn.medianNs(figure);
                if (ns > 0) {
                    logs.put(strategy, Math.log(ns));
                }
            });
            if (!logs.isEmpty()) {
                double level = median(List.copyOf(logs.values()));
                levels.add(level);
                logs.forEach((strategy, log) ->
                    apart.computeIfAbsent(strategy, any -> new ArrayList<>()).add(log - level));
            }
        }
        Map<String, Double> medians = new HashMap<>();
        double level = median(levels);
        apart.forEach((strategy, of) ->
            medians.put(strategy, Math.round(Math.exp(level + median(of)) * TENTHS) / TENTHS));
        return medians;
    }

    private static double median(List<Double> values) {
        return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
