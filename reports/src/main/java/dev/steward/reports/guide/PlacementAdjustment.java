package dev.steward.reports.guide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the cells of each point to one placement class. Whether the CPUs of a cell are near or far changes a figure by
 * more than any lock does (a median event two to three times), and on a virtual machine each cell meets whichever it
 * is at the moment: contestants whose cells happened to be far would look slow.
 *
 * <p>At each point and for each figure the logarithm is taken as the sum of an effect of the contestant and one of the
 * class, fitted by least squares over all cells (a two-way layout without interaction; Searle, "Linear Models", 1971).
 * What the class adds is then taken off. A class in which there is one cell alone says nothing about its contestant,
 * as it should be; contestants that share no class with the others cannot be compared, and their cells are left out.
 * That a class costs every contestant the same factor is an assumption: what it leaves is part of the scatter.
 */
final class PlacementAdjustment {
    private static final int ROUNDS = 200;
    private static final double CLOSE = 1e-10;

    private PlacementAdjustment() {
    }

    static GridData of(final GridData grid) {
        return new GridData(grid.format(), grid.version(), grid.name(), grid.description(), grid.machine(),
            grid.commit(), grid.command(), grid.settings(), grid.axes(), grid.strategies(),
            grid.points().stream().map(PlacementAdjustment::of).toList());
    }

    static GridData.PointData of(final GridData.PointData point) {
        final String reference = point.placement();
        final Set<String> comparable = comparable(point, reference);
        final Map<String, Map<String, Double>> effects = new LinkedHashMap<>();
        for (final String figure : Figures.names()) {
            effects.put(figure, classEffects(point, figure, comparable, reference));
        }
        return new GridData.PointData(point.folder(), point.at(), point.results().stream().map(result ->
            new GridData.Result(result.strategy(), result.planned(),
                comparable.contains(result.strategy())
                    ? result.cells().stream().map(cell -> adjusted(cell, effects, reference)).toList() : List.of(),
                result.footprintBytes())).toList());
    }

    private static GridData.CellData adjusted(
        final GridData.CellData cell, final Map<String, Map<String, Double>> effects, final String reference) {
        final Map<String, Long> figures = new LinkedHashMap<>();
        cell.figures().forEach((name, value) ->
            figures.put(name, Math.round(value / Math.exp(effects.get(name).getOrDefault(cell.placement(), 0.0)))));
        return new GridData.CellData(cell.id(), reference, figures);
    }

    /** Contestants that are linked to the reference class by a chain of shared classes. */
    private static Set<String> comparable(final GridData.PointData point, final String reference) {
        final Set<String> strategies = new HashSet<>();
        final Set<String> classes = new HashSet<>(Set.of(reference));
        final Deque<String> open = new ArrayDeque<>(classes);
        while (!open.isEmpty()) {
            final String placement = open.pop();
            for (final GridData.Result result : point.results()) {
                if (result.cells().stream().anyMatch(cell -> cell.placement().equals(placement))
                    && strategies.add(result.strategy())) {
                    result.cells().stream().map(GridData.CellData::placement).filter(classes::add).forEach(open::push);
                }
            }
        }
        return strategies;
    }

    /** What each class adds to the logarithm, against the reference class. */
    private static Map<String, Double> classEffects(
        final GridData.PointData point, final String figure, final Set<String> comparable, final String reference) {
        final List<Seen> seen = new ArrayList<>();
        for (final GridData.Result result : point.results()) {
            if (comparable.contains(result.strategy())) {
                result.cells().stream().filter(cell -> cell.figures().containsKey(figure)).forEach(cell -> seen.add(
                    new Seen(result.strategy(), cell.placement(), Math.log(Math.max(1, cell.figures().get(figure))))));
            }
        }
        final Map<String, Double> ofStrategy = new LinkedHashMap<>();
        final Map<String, Double> ofClass = new LinkedHashMap<>();
        seen.forEach(one -> ofClass.put(one.placement, 0.0));
        double change = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && change > CLOSE; round++) {
            for (final Seen one : seen) {
                ofStrategy.put(one.strategy, mean(seen.stream().filter(other -> other.strategy.equals(one.strategy))
                    .mapToDouble(other -> other.log - ofClass.get(other.placement)).toArray()));
            }
            change = 0;
            for (final Map.Entry<String, Double> entry : ofClass.entrySet()) {
                final double next = mean(seen.stream().filter(one -> one.placement.equals(entry.getKey()))
                    .mapToDouble(one -> one.log - ofStrategy.get(one.strategy)).toArray());
                change = Math.max(change, Math.abs(next - entry.getValue()));
                entry.setValue(next);
            }
        }
        final double zero = ofClass.getOrDefault(reference, 0.0);
        ofClass.replaceAll((placement, effect) -> effect - zero);
        return ofClass;
    }

    private static double mean(final double[] values) {
        double sum = 0;
        for (final double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** One figure of one cell. */
    private record Seen(String strategy, String placement, double log) {
    }
}
