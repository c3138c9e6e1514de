package dev.steward.reports.guide;

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

    /** A figure of a contestant at one corner, or between some. */
    @FunctionalInterface
    private interface Node {
        Estimate of(String strategy, Function<GridData.CellData, Double> value);
    }

    /** All axes of the grid must be in the question, within their ends. */
    Interpolation(final GridData grid, final Map<String, Double> at) {
        this.grid = grid;
        root = node(0, new LinkedHashMap<>(), at);
    }

    private Node node(final int depth, final Map<String, Double> corner, final Map<String, Double> at) {
        if (depth == grid.axes().size()) {
            return leaf(corner);
        }
        final GridData.AxisData axis = grid.axes().get(depth);
        final double value = at.get(axis.key());
        int above = 0;
        while (axis.values().get(above) < value) {
            above++;
        }
        if (axis.values().get(above) == value) {
            return side(depth, corner, at, value);
        }
        final double low = axis.values().get(above - 1);
        final double high = axis.values().get(above);
        final boolean time = axis.unit().equals(TIME);
        final double share = time ? (value - low) / (high - low)
            : (Math.log1p(value) - Math.log1p(low)) / (Math.log1p(high) - Math.log1p(low));
        final Node from = side(depth, corner, at, low);
        final Node to = side(depth, corner, at, high);
        return (strategy, of) -> between(from.of(strategy, of), to.of(strategy, of), share, time);
    }

    private Node side(
        final int depth, final Map<String, Double> corner, final Map<String, Double> at, final double value) {
        final String key = grid.axes().get(depth).key();
        corner.put(key, value);
        final Node node = node(depth + 1, corner, at);
        corner.remove(key);
        return node;
    }

    private Node leaf(final Map<String, Double> corner) {
        final GridData.PointData point = grid.points().stream()
            .filter(one -> one.at().equals(corner)).findFirst().orElse(null);
        if (point == null) {
            complete = false;
            return (strategy, of) -> null;
        }
        corners.add(point);
        return (strategy, of) -> {
            final double[] repeats = repeats(point.of(strategy), of);
            return repeats.length == 0 ? null
                : new Estimate(median(repeats), repeats[0], repeats[repeats.length - 1]);
        };
    }

    private static Estimate between(final Estimate from, final Estimate to, final double share, final boolean linear) {
        if (from == null || to == null) {
            return null;
        }
        final DoubleUnaryOperator scale = linear ? DoubleUnaryOperator.identity() : Math::log1p;
        final DoubleUnaryOperator back = linear ? DoubleUnaryOperator.identity() : Math::expm1;
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

    /** A figure of a contestant, or null if a corner has no valid cell with it. */
    Estimate of(final String strategy, final String figure) {
        return root.of(strategy, of(figure));
    }

    /** What is computed from each cell of a contestant, null where it lacks something; null if a corner has none. */
    Estimate of(final String strategy, final Function<GridData.CellData, Double> value) {
        return root.of(strategy, value);
    }

    private static Function<GridData.CellData, Double> of(final String figure) {
        return cell -> {
            final Long value = cell.figures().get(figure);
            return value == null ? null : Double.valueOf(value);
        };
    }

    /** Values of all valid cells, rising. */
    static double[] repeats(final GridData.Result result, final String figure) {
        return repeats(result, of(figure));
    }

    private static double[] repeats(
        final GridData.Result result, final Function<GridData.CellData, Double> value) {
        return result == null ? new double[0] : result.cells().stream().map(value)
            .filter(one -> one != null).mapToDouble(Double::doubleValue).sorted().toArray();
    }

    static double median(final double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
