package dev.steward.reports.guide;

import dev.steward.reports.statistics.Median;
import dev.steward.results.GridData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * Latencies between the points of a grid, from the corners of the box that the question lies in. Along a rate or a
 * count the logarithm of a latency is taken as linear in the logarithm of one plus the setting; along a time the
 * latency as linear, since what a section takes is simply added. Never beyond the outermost points.
 */
final class Interpolation {
    private static final String TIME = "ns";

    private final GridData grid;
    private final List<GridData.PointData> corners = new ArrayList<>();
    private final Node root;
    private boolean complete = true;

    /** A figure of a strategy at one corner, or between some. */
    @FunctionalInterface
    private interface Node {
        Estimate of(String strategy, Function<GridData.CellData, Double> value);
    }

    /** All axes of the grid must be in the question, within their ends. */
    Interpolation(GridData grid, Map<String, Double> at) {
        this.grid = grid;
        root = node(0, new LinkedHashMap<>(), at);
    }

    private Node node(int depth, Map<String, Double> corner, Map<String, Double> at) {
        if (depth == grid.axes().size()) {
            return leaf(corner);
        }
        GridData.AxisData axis = grid.axes().get(depth);
        double value = at.get(axis.key());
        int above = 0;
        while (axis.values().get(above) < value) {
            above++;
        }
        if (axis.values().get(above) == value) {
            return side(depth, corner, at, value);
        }
        double low = axis.values().get(above - 1);
        double high = axis.values().get(above);
        boolean time = axis.unit().equals(TIME);
        double share = time ? (value - low) / (high - low)
            : (Math.log1p(value) - Math.log1p(low)) / (Math.log1p(high) - Math.log1p(low));
        Node from = side(depth, corner, at, low);
        Node to = side(depth, corner, at, high);
        return (strategy, of) -> between(from.of(strategy, of), to.of(strategy, of), share, time);
    }

    private Node side(int depth, Map<String, Double> corner, Map<String, Double> at, double value) {
        String key = grid.axes().get(depth).key();
        corner.put(key, value);
        Node node = node(depth + 1, corner, at);
        corner.remove(key);
        return node;
    }

    private Node leaf(Map<String, Double> corner) {
        GridData.PointData point = grid.points().stream()
            .filter(one -> one.at().equals(corner)).findFirst().orElse(null);
        if (point == null) {
            complete = false;
            return (strategy, of) -> null;
        }
        corners.add(point);
        return (strategy, of) -> {
            double[] repeats = repeats(point.of(strategy), of);
            return repeats.length == 0 ? null
                : new Estimate(Median.of(repeats), repeats[0], repeats[repeats.length - 1]);
        };
    }

    private static Estimate between(Estimate from, Estimate to, double share, boolean linear) {
        if (from == null || to == null) {
            return null;
        }
        DoubleUnaryOperator scale = linear ? DoubleUnaryOperator.identity() : Math::log1p;
        DoubleUnaryOperator back = linear ? DoubleUnaryOperator.identity() : Math::expm1;
        return from.with(to, (one, other) -> back.applyAsDouble(
            (1 - share) * scale.applyAsDouble(one) + share * scale.applyAsDouble(other)));
    }

    /** Whether all corners were measured. */
    boolean complete() {
        return complete;
    }

    List<GridData.PointData> corners() {
        return List.copyOf(corners);
    }

    /** A figure of a strategy, or null if a corner has no valid cell with it. */
    Estimate of(String strategy, String figure) {
        return root.of(strategy, of(figure));
    }

    /** What is computed from each cell of a strategy, null where it lacks something; null if a corner has none. */
    Estimate of(String strategy, Function<GridData.CellData, Double> value) {
        return root.of(strategy, value);
    }

    private static Function<GridData.CellData, Double> of(String figure) {
        return cell -> {
            Long value = cell.figures().get(figure);
            return value == null ? null : Double.valueOf(value);
        };
    }

    /** Values of all valid cells, rising. */
    static double[] repeats(GridData.Result result, String figure) {
        return repeats(result, of(figure));
    }

    private static double[] repeats(GridData.Result result, Function<GridData.CellData, Double> value) {
        return result == null ? new double[0] : result.cells().stream().map(value)
            .filter(one -> one != null).mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
