package dev.steward.loadgen.sweep;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.results.GridData;
import dev.steward.results.SweepManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scenarios that differ in a few settings, and the strategies to run at each. Immutable.
 *
 * @param strategies  names of strategies, at least one.
 */
public record SweepGrid(
    String name, String description, List<String> strategies, Map<String, String> settings, List<Axis> axes,
    List<SweepPoint> points) {
    /** A grid that would run for weeks is a mistake. */
    static final int MAX_POINTS = 10_000;

    /** Copies the collections. */
    public SweepGrid {
        strategies = List.copyOf(strategies);
        axes = List.copyOf(axes);
        points = List.copyOf(points);
    }

    /**
     * Reads a grid.
     *
     * @throws ScenarioException with one line, if the file cannot be read or says something that is not allowed.
     */
    public static SweepGrid read(Path file) {
        return SweepFile.read(file);
    }

    static SweepGrid of(
        String name, String description, List<String> strategies, Map<String, String> settings, List<Axis> axes,
        String origin) {
        List<Map<String, String>> places = List.of(Map.of());
        for (Axis axis : axes) {
            if (places.size() * (long) axis.texts().size() > MAX_POINTS) {
                throw new ScenarioException(origin + ": the axes make over " + MAX_POINTS + " points; allowed: up to "
                    + MAX_POINTS);
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> place : places) {
                for (String text : axis.texts()) {
                    Map<String, String> at = new LinkedHashMap<>(place);
                    at.put(axis.key().key(), text);
                    longer.add(at);
                }
            }
            places = longer;
        }
        List<SweepPoint> points = new ArrayList<>();
        for (Map<String, String> at : places) {
            points.add(point(points.size(), name, description, settings, at, origin));
        }
        return new SweepGrid(name, description, strategies, settings, axes, points);
    }

    private static SweepPoint point(
        int index, String name, String description, Map<String, String> settings, Map<String, String> at,
        String origin) {
        ScenarioBuilder builder = new ScenarioBuilder();
        builder.set(ScenarioKey.NAME.key(), name, origin).set(ScenarioKey.DESCRIPTION.key(), description, origin);
        settings.forEach((key, value) -> builder.set(key, value, origin));
        at.forEach((key, value) -> builder.set(key, value, origin));
        Scenario scenario = builder.build();
        return new SweepPoint(String.format(Locale.ROOT, "%04d", index), at, scenario);
    }

    /**
     * Scenarios drawn from within this grid, none of its own points by intent: each axis evenly in the logarithm
     * between its ends.
     */
    public SweepGrid drawn(int count, long seed) {
        Randomness random = new Randomness(Randomness.derive(seed, "sweep-points"));
        String drawnName = name + "-drawn";
        List<SweepPoint> drawn = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Map<String, String> at = new LinkedHashMap<>();
            axes.forEach(axis -> at.put(axis.key().key(), axis.between(random.nextUnit())));
            drawn.add(point(index, drawnName, "drawn from within the grid " + name, settings, at, "drawn point")
                .longEnough());
        }
        return new SweepGrid(drawnName, "drawn from within the grid " + name, strategies, settings, axes, drawn);
    }

    /**
     * One scenario with the strategies and settings of this grid, wherever it lies: what is asked for are the axes.
     *
     * @param at values of settings, which may be none of the axes.
     * @throws ScenarioException with one line, if a value is not allowed.
     */
    public SweepGrid at(Map<String, String> at) {
        String askedName = name + "-asked";
        List<Axis> asked = at.entrySet().stream()
            .map(one -> Axis.of(one.getKey(), List.of(one.getValue()), "asked for")).toList();
        Map<String, String> fixed = new LinkedHashMap<>(settings);
        fixed.keySet().removeAll(at.keySet());
        SweepPoint only = point(0, askedName, "asked for", fixed, at, "asked for").longEnough();
        return new SweepGrid(askedName, "asked for", strategies, fixed, asked, List.of(only));
    }

    /** What {@code sweep.json} says of the grid. */
    SweepManifest manifest(String command) {
        return new SweepManifest(
            SweepManifest.FORMAT,
            SweepManifest.VERSION,
            name(),
            description(),
            command,
            strategies(),
            settings(),
            axes().stream().map(axis -> new GridData.AxisData(axis.key().key(), axis.unit().label(), axis.values()))
                .toList(),
            points().stream().map(point -> new SweepManifest.Point(point.id(), numbers(point))).toList());
    }

    private Map<String, Double> numbers(SweepPoint point) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        axes().forEach(axis -> numbers.put(
            axis.key().key(), Axis.numberOf(point.scenario().text(axis.key()), axis.unit())));
        return numbers;
    }
}
