package dev.steward.reports.fleet;

import dev.steward.reports.read.ResultFolder;
import dev.steward.reports.statistics.Holm;
import dev.steward.reports.verdict.TurnRounds;
import dev.steward.results.TurnFigure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * How much the same figure differs from task to task on one node, and from node to node: one-way analysis of variance
 * with random effects on the logarithms, over all points that several tasks have measured. A task counts once, with the
 * mean of its generations, since these ran within minutes. Of the first strategy it is the median itself, of the others
 * the ratio to the first. Immutable.
 *
 * @param of      the strategy
 * @param nodes   that have measured a point which another node has measured, too
 * @param tasks   on them
 * @param within  standard deviation of tasks on one node, as a share; NaN if no node has two tasks of one point
 * @param between standard deviation of nodes, what tasks bring about taken off, as a share; NaN as above
 * @param pValue  that nodes differ no more than tasks do, corrected for all rows; NaN as above
 */
public record NodeEffect(
    String of, TurnFigure figure, String path, int nodes, int tasks, double within, double between, double pValue) {
    /** Chance of a false alarm in one class. */
    private static final double ALPHA = 0.05;

    /** {@return whether the nodes are shown to differ} */
    public boolean shown() {
        return pValue < ALPHA;
    }

    /** Sums of squares and their degrees of freedom, over points. */
    private static final class Squares {
        private double within;
        private double between;
        private int withinDegrees;
        private int betweenDegrees;
        /** Tasks for each node, as the expectation of the sum between nodes has them. */
        private double weight;

        /** Adds a point: a value for each task, by node. */
        void add(Collection<List<Double>> nodes) {
            double all = mean(nodes.stream().flatMap(List::stream).toList());
            int tasks = nodes.stream().mapToInt(List::size).sum();
            double squaredSizes = 0;
            for (List<Double> node : nodes) {
                double mean = mean(node);
                node.forEach(value -> within += (value - mean) * (value - mean));
                between += node.size() * (mean - all) * (mean - all);
                squaredSizes += (double) node.size() * node.size();
            }
            withinDegrees += tasks - nodes.size();
            betweenDegrees += nodes.size() - 1;
            weight += tasks - squaredSizes / tasks;
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }

        double withinSquare() {
            return withinDegrees == 0 ? Double.NaN : within / withinDegrees;
        }

        double betweenSquare() {
            return Math.max(0, (between / betweenDegrees - withinSquare()) * betweenDegrees / weight);
        }

        double pValue() {
            double ratio = between / betweenDegrees / withinSquare();
            return Double.isNaN(ratio) ? Double.NaN
                : 1 - new FDistribution(betweenDegrees, withinDegrees).cumulativeProbability(ratio);
        }
    }

    private record Key(String of, TurnFigure figure, String path) {
    }

    /**
     * {@return how the nodes of a class differ; empty if no two of them have measured the same point}
     *
     * @param strategies of the sweep, the first to compare with
     */
    static List<NodeEffect> of(List<MachineClass.Result> results, List<String> strategies) {
        Map<String, List<MachineClass.Result>> byPoint = new TreeMap<>();
        results.stream().filter(MachineClass.Result::onOneNode).forEach(result ->
            byPoint.computeIfAbsent(result.point(), any -> new ArrayList<>()).add(result));
        byPoint.values().removeIf(some -> some.stream().map(MachineClass.Result::node).distinct().count() < 2);
        Map<Key, Squares> squares = new LinkedHashMap<>();
        byPoint.values().forEach(point -> values(point, strategies).forEach((key, nodes) -> {
            if (nodes.size() > 1) {
                squares.computeIfAbsent(key, any -> new Squares()).add(nodes.values());
            }
        }));
        List<MachineClass.Result> shared = byPoint.values().stream().flatMap(List::stream).toList();
        int nodes = (int) shared.stream().map(MachineClass.Result::node).distinct().count();
        List<Key> keys = List.copyOf(squares.keySet());
        double[] known = keys.stream().map(squares::get).mapToDouble(Squares::pValue)
            .filter(value -> !Double.isNaN(value)).toArray();
        double[] adjusted = Holm.adjust(known);
        List<NodeEffect> effects = new ArrayList<>();
        int at = 0;
        for (Key key : keys) {
            Squares one = squares.get(key);
            boolean has = !Double.isNaN(one.pValue());
            effects.add(new NodeEffect(key.of(), key.figure(), key.path(), nodes, shared.size(),
                share(one.withinSquare()), has ? share(one.betweenSquare()) : Double.NaN,
                has ? adjusted[at++] : Double.NaN));
        }
        return effects;
    }

    private static double share(double square) {
        return Math.exp(Math.sqrt(square)) - 1;
    }

    /** Of one point: by figure, then by node, a value for each task. */
    private static Map<Key, Map<String, List<Double>>> values(
        List<MachineClass.Result> point, List<String> strategies) {
        Map<Key, Map<String, List<Double>>> values = new LinkedHashMap<>();
        for (MachineClass.Result result : point) {
            ResultFolder folder = ResultFolder.read(result.folder());
            for (String path : folder.turns().isEmpty() ? List.<String>of() : folder.run().paths()) {
                TurnRounds rounds = TurnRounds.of(folder.turns(), folder.run().turns(), path);
                for (TurnFigure figure : TurnFigure.values()) {
                    Map<String, Map<Integer, Double>> logs = rounds.logs(figure);
                    Map<Integer, Double> first = logs.getOrDefault(strategies.get(0), Map.of());
                    for (String strategy : strategies) {
                        double[] tasks = logs.getOrDefault(strategy, Map.of()).entrySet().stream()
                            .filter(one -> first.containsKey(one.getKey()))
                            .mapToDouble(one -> one.getValue()
                                - (strategy.equals(strategies.get(0)) ? 0 : first.get(one.getKey()))).toArray();
                        if (tasks.length > 0) {
                            values.computeIfAbsent(new Key(strategy, figure, path), any -> new TreeMap<>())
                                .computeIfAbsent(result.node(), any -> new ArrayList<>())
                                .add(Arrays.stream(tasks).average().orElseThrow());
                        }
                    }
                }
            }
        }
        return values;
    }
}
