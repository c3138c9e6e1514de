package dev.steward.reports.guide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Latencies between the points of a grid: linear in the logarithm of the latency over the logarithm of one plus each
 * setting, from the corners of the box that the question lies in. Never beyond the outermost points.
 */
final class Interpolation {
    private final GridData grid;
    /** Points of the box with their weights, which add up to 1. */
    private final Map<GridData.PointData, Double> corners = new LinkedHashMap<>();
    private boolean complete = true;

    /** All axes of the grid must be in the question, within their ends. */
    Interpolation(final GridData grid, final Map<String, Double> at) {
        this.grid = grid;
        collect(0, new LinkedHashMap<>(), at, 1);
    }

    private void collect(
        final int depth, final Map<String, Double> corner, final Map<String, Double> at, final double weight) {
        if (weight == 0) {
            return;
        }
        if (depth == grid.axes().size()) {
            final GridData.PointData point = grid.points().stream()
                .filter(one -> one.at().equals(corner)).findFirst().orElse(null);
            if (point == null) {
                complete = false;
            } else {
                corners.put(point, weight);
            }
            return;
        }
        final GridData.AxisData axis = grid.axes().get(depth);
        final double value = at.get(axis.key());
        int above = 0;
        while (axis.values().get(above) < value) {
            above++;
        }
        final int below = axis.values().get(above) == value ? above : above - 1;
        final double low = Math.log1p(axis.values().get(below));
        final double high = Math.log1p(axis.values().get(above));
        final double share = above == below ? 0 : (Math.log1p(value) - low) / (high - low);
        corner.put(axis.key(), axis.values().get(below));
        collect(depth + 1, corner, at, weight * (1 - share));
        corner.put(axis.key(), axis.values().get(above));
        collect(depth + 1, corner, at, weight * share);
        corner.remove(axis.key());
    }

    /** Whether all corners were measured. */
    boolean complete() {
        return complete;
    }

    List<GridData.PointData> corners() {
        return List.copyOf(corners.keySet());
    }

    /** A figure of a contestant, or null if a corner has no valid cell with it. */
    Estimate of(final String strategy, final String figure) {
        double value = 0;
        double low = 0;
        double high = 0;
        for (final Map.Entry<GridData.PointData, Double> corner : corners.entrySet()) {
            final double[] repeats = repeats(corner.getKey().of(strategy), figure);
            if (repeats.length == 0) {
                return null;
            }
            if (corners.size() == 1) {
                return new Estimate(median(repeats), repeats[0], repeats[repeats.length - 1]);
            }
            final double weight = corner.getValue();
            value += weight * Math.log1p(median(repeats));
            low += weight * Math.log1p(repeats[0]);
            high += weight * Math.log1p(repeats[repeats.length - 1]);
        }
        return corners.isEmpty() ? null : new Estimate(Math.expm1(value), Math.expm1(low), Math.expm1(high));
    }

    /** Values of all valid cells, rising. */
    static double[] repeats(final GridData.Result result, final String figure) {
        if (result == null) {
            return new double[0];
        }
        final List<Double> values = new ArrayList<>();
        for (final GridData.CellData cell : result.cells()) {
            final Long value = cell.figures().get(figure);
            if (value != null) {
                values.add((double) value);
            }
        }
        final double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    static double median(final double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
