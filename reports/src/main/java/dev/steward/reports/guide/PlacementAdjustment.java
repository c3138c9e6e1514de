package dev.steward.reports.guide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the medians of all cells of a grid to one placement class. Whether the CPUs of a cell are near or far adds a
 * few transfers of cache lines to a median event, which without a section is more than any lock; and on a virtual
 * machine each cell meets whichever it is at the moment, so that contestants whose cells happened to be far would look
 * slow, and points that were measured far would look dear.
 *
 * <p>At each point and for each median the value is taken as the sum of what the contestant takes and of what the class
 * adds, fitted by least squares over all cells (a two-way layout without interaction; H. Scheffé, The Analysis of
 * Variance, 1959, section 4.4). What a class adds against the one that most cells of the grid have is taken off. Where
 * a point does not tell, as its classes share no contestant, the median over the points that do is taken. A cell whose
 * class is told by no point is left out. Tails are left as they were measured: they show the machine.
 *
 * <p>That a class adds the same for every contestant is an assumption; what it leaves is part of the scatter.
 */
final class PlacementAdjustment {
    private static final int ROUNDS = 200;
    private static final double CLOSE_NS = 1e-6;

    private final GridData grid;
    private final String reference;

    private PlacementAdjustment(final GridData grid) {
        this.grid = grid;
        reference = reference(grid);
    }

    /** The class that most cells have, and that the others are brought to. */
    static String reference(final GridData grid) {
        final Map<String, Integer> counts = new TreeMap<>();
        grid.points().forEach(point -> point.results().forEach(result ->
            result.cells().forEach(cell -> counts.merge(cell.placement(), 1, Integer::sum))));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse("");
    }

    static GridData of(final GridData grid) {
        return new PlacementAdjustment(grid).adjusted();
    }

    private GridData adjusted() {
        List<GridData.PointData> points = grid.points();
        for (final String figure : Figures.MEDIANS) {
            final List<Map<String, Double>> told = points.stream().map(point -> effects(point, figure)).toList();
            final Map<String, Double> usual = medians(told);
            final List<GridData.PointData> next = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                final Map<String, Double> effects = new LinkedHashMap<>(usual);
                effects.putAll(told.get(i));
                next.add(adjusted(points.get(i), figure, effects));
            }
            points = next;
        }
        return new GridData(grid.format(), grid.version(), grid.name(), grid.description(), grid.machine(),
            grid.commit(), grid.command(), grid.settings(), grid.axes(), grid.strategies(), points);
    }

    private static GridData.PointData adjusted(
        final GridData.PointData point, final String figure, final Map<String, Double> effects) {
        return new GridData.PointData(point.folder(), point.at(), point.results().stream().map(result ->
            new GridData.Result(result.strategy(), result.planned(), result.cells().stream().map(cell -> {
                final Map<String, Long> figures = new LinkedHashMap<>(cell.figures());
                final Double effect = effects.get(cell.placement());
                figures.computeIfPresent(figure, (name, value) ->
                    effect == null ? null : Long.valueOf(Math.max(1, Math.round(value - effect))));
                return new GridData.CellData(cell.id(), cell.placement(), figures);
            }).toList(), result.footprintBytes())).toList());
    }

    private Map<String, Double> medians(final List<Map<String, Double>> told) {
        final Map<String, List<Double>> ofClass = new TreeMap<>();
        told.forEach(effects -> effects.forEach((placement, effect) ->
            ofClass.computeIfAbsent(placement, key -> new ArrayList<>()).add(effect)));
        final Map<String, Double> medians = new LinkedHashMap<>();
        ofClass.forEach((placement, effects) -> medians.put(
            placement, Interpolation.median(effects.stream().mapToDouble(Double::doubleValue).sorted().toArray())));
        medians.put(reference, 0.0);
        return medians;
    }

    /** What each class adds at a point against the reference, of those that are linked to it by shared contestants. */
    private Map<String, Double> effects(final GridData.PointData point, final String figure) {
        final List<Seen> linked = linked(point, figure);
        final Map<String, Double> ofStrategy = new LinkedHashMap<>();
        final Map<String, Double> ofClass = new LinkedHashMap<>();
        linked.forEach(one -> ofClass.put(one.placement, 0.0));
        double change = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && change > CLOSE_NS; round++) {
            for (final Seen one : linked) {
                ofStrategy.put(one.strategy, mean(linked.stream().filter(other -> other.strategy.equals(one.strategy))
                    .mapToDouble(other -> other.ns - ofClass.get(other.placement)).toArray()));
            }
            change = 0;
            for (final Map.Entry<String, Double> entry : ofClass.entrySet()) {
                final double next = mean(linked.stream().filter(one -> one.placement.equals(entry.getKey()))
                    .mapToDouble(one -> one.ns - ofStrategy.get(one.strategy)).toArray());
                change = Math.max(change, Math.abs(next - entry.getValue()));
                entry.setValue(next);
            }
        }
        final double zero = ofClass.getOrDefault(reference, 0.0);
        ofClass.replaceAll((placement, effect) -> effect - zero);
        return ofClass;
    }

    /** The cells that a chain of shared classes and contestants links to the reference; none without it. */
    private List<Seen> linked(final GridData.PointData point, final String figure) {
        final List<Seen> open = new ArrayList<>();
        for (final GridData.Result result : point.results()) {
            result.cells().stream().filter(cell -> cell.figures().containsKey(figure)).forEach(cell ->
                open.add(new Seen(result.strategy(), cell.placement(), cell.figures().get(figure))));
        }
        final List<Seen> linked = new ArrayList<>();
        boolean more = true;
        while (more) {
            final List<Seen> next = open.stream().filter(one -> one.placement.equals(reference)
                || linked.stream().anyMatch(other -> other.strategy.equals(one.strategy)
                    || other.placement.equals(one.placement))).toList();
            more = !next.isEmpty();
            linked.addAll(next);
            open.removeAll(next);
        }
        return linked;
    }

    private static double mean(final double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /** One figure of one cell. */
    private record Seen(String strategy, String placement, double ns) {
    }
}
