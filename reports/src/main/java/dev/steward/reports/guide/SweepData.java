package dev.steward.reports.guide;

import dev.steward.reports.folder.MayBeAbsent;
import java.util.List;
import java.util.Map;

/** What {@code sweep.json} says; the component names are the field names. */
record SweepData(
    String format, int version, String name, String description, @MayBeAbsent String command,
    List<String> strategies, Map<String, String> settings, List<GridData.AxisData> axes, List<Point> points) {
    static final String FILE = "sweep.json";
    static final String FORMAT = "steward-sweep";
    static final int MAX_VERSION = 1;

    /** One point of the plan. */
    record Point(String id, Map<String, Double> at) {
    }
}
