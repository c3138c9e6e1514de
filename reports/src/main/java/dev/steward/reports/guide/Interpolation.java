package dev.steward.reports.guide;

import dev.steward.results.GridData;
import dev.steward.results.GridLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Latencies between the points of a grid, in logarithms, by a {@link Surface} through all of them. Coordinates are
 * logarithms: of one plus a rate or a count, of a time plus what an event takes without it, of a burst plus a small
 * one. What a section takes is simply added to an event, so it is taken off first. Never beyond the outermost points of
 * an axis.
 */
final class Interpolation {
    private static final String TIME = "ns";
    /** About what an event takes besides its section: below it a longer one hardly changes anything. */
    private static final double EVENT_NS = 500;
    /** A burst of fewer waits for the wake-up of the handler rather than for each other. */
    private static final double SMALL_BURST = 16;
    /** With a figure at fewer of the points nothing is said of a strategy, nor of a generation. */
    private static final double ENOUGH = 0.75;

    private final GridData grid;
    private final Map<List<String>, Surface> surfaces = new HashMap<>();
    private final Map<List<String>, Fitted> fitted = new HashMap<>();

    Interpolation(GridData grid) {
        this.grid = grid;
    }

    /**
     * A figure that can be interpolated.
     *
     * @param event whether it holds a section
     */
    record Reading(String figure, String path, boolean event, BiFunction<GridData.Result, String, Sample> of) {
        Sample at(GridData.PointData point, String strategy) {
            return of.apply(point.of(strategy), path);
        }
    }

    /** A figure of a strategy, or null if it is known at too few points. */
    Sample of(String strategy, Reading reading, Map<String, Double> at) {
        return fitted.computeIfAbsent(List.of(strategy, reading.figure, reading.path), any -> fit(strategy, reading))
            .at(at);
    }

    private Fitted fit(String strategy, Reading reading) {
        List<GridData.PointData> known = grid.points().stream()
            .filter(point -> !reading.at(point, strategy).isEmpty()).toList();
        List<Sample> samples = known.stream().map(point -> reading.at(point, strategy)).toList();
        Map<Integer, Integer> pointsAt = new TreeMap<>();
        samples.forEach(sample -> sample.values().keySet().forEach(time -> pointsAt.merge(time, 1, Integer::sum)));
        List<Integer> times = pointsAt.keySet().stream()
            .filter(time -> pointsAt.get(time) >= ENOUGH * known.size()).toList();
        Surface surface = known.size() < ENOUGH * grid.points().size() || times.isEmpty() ? null
            : surfaces.computeIfAbsent(known.stream().map(GridData.PointData::folder).toList(),
                any -> new Surface(known.stream().map(point -> place(point.at())).toList()));
        Map<Integer, double[]> logs = new TreeMap<>();
        for (int time : times) {
            double[] all = new double[known.size()];
            for (int i = 0; i < all.length; i++) {
                // A time that a point lacks takes what is typical there.
                Sample here = samples.get(i);
                double net = here.values().getOrDefault(time, here.typical()) - inside(reading, known.get(i).at());
                all[i] = Math.log(Math.max(1, net));
            }
            logs.put(time, all);
        }
        return new Fitted(reading, surface, !samples.isEmpty() && samples.get(0).generations(), logs);
    }

    private static double inside(Reading reading, Map<String, Double> at) {
        return reading.event ? at.getOrDefault(GridLimits.SECTION, 0.0) : 0;
    }

    /** One figure of one strategy at all points where it is known; no surface where they are too few. */
    private final class Fitted {
        private final Reading reading;
        private final Surface surface;
        private final boolean generations;
        private final Map<Integer, double[]> logs;

        Fitted(Reading reading, Surface surface, boolean generations, Map<Integer, double[]> logs) {
            this.reading = reading;
            this.surface = surface;
            this.generations = generations;
            this.logs = logs;
        }

        Sample at(Map<String, Double> at) {
            if (surface == null) {
                return null;
            }
            double[] weights = surface.weights(place(at));
            Map<Integer, Double> values = new TreeMap<>();
            logs.forEach((time, all) -> {
                double log = 0;
                for (int i = 0; i < all.length; i++) {
                    log += weights[i] * all[i];
                }
                values.put(time, Math.exp(log) + inside(reading, at));
            });
            return new Sample(generations, values);
        }
    }

    /** Each axis from 0 to 1. */
    private double[] place(Map<String, Double> at) {
        return grid.axes().stream().mapToDouble(axis -> {
            double low = scaled(axis, axis.least());
            double span = scaled(axis, axis.greatest()) - low;
            return span == 0 ? 0 : (scaled(axis, at.get(axis.key())) - low) / span;
        }).toArray();
    }

    private static double scaled(GridData.AxisData axis, double value) {
        return Math.log(value + (axis.unit().equals(TIME) ? EVENT_NS
            : GridLimits.AT_ONCE.contains(axis.key()) ? SMALL_BURST : 1));
    }

    /** The points nearest to a place, the nearest first: one if it was measured right there. */
    List<GridData.PointData> nearest(Map<String, Double> at, int most) {
        double[] place = place(at);
        List<GridData.PointData> points = new ArrayList<>(grid.points());
        points.sort(Comparator.comparingDouble(point -> Surface.distance(place, place(point.at()))));
        boolean there = Surface.distance(place, place(points.get(0).at())) == 0;
        return List.copyOf(points.subList(0, there ? 1 : Math.min(most, points.size())));
    }
}
