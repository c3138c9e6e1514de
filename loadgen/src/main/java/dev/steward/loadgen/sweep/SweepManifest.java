package dev.steward.loadgen.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of {@code sweep.json}, as {@code docs/results-format.md} lays them out; the component names are the field
 * names there. Whether a point has run stands in its own {@code run.json}.
 */
record SweepManifest(
    String format,
    int version,
    String name,
    String description,
    String command,
    List<String> strategies,
    Map<String, String> settings,
    List<AxisEntry> axes,
    List<PointEntry> points) {
    /** One axis. */
    record AxisEntry(String key, String unit, List<Double> values) {
    }

    /** One point: its folder and where it lies, in the units of the axes. */
    record PointEntry(String id, Map<String, Double> at) {
    }

    static SweepManifest of(SweepGrid grid, String command) {
        return new SweepManifest(
            "steward-sweep",
            1,
            grid.name(),
            grid.description(),
            command,
            grid.strategies(),
            grid.settings(),
            grid.axes().stream().map(axis -> new AxisEntry(axis.key().key(), axis.unit().label(), axis.values()))
                .toList(),
            grid.points().stream().map(point -> new PointEntry(point.id(), numbers(grid, point))).toList());
    }

    private static Map<String, Double> numbers(SweepGrid grid, SweepPoint point) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        grid.axes().forEach(axis -> {
            String text = point.scenario().text(axis.key());
            numbers.put(axis.key().key(), Axis.numberOf(text, axis.unit()));
        });
        return numbers;
    }
}
