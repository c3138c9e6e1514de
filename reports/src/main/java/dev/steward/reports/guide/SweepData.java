package dev.steward.reports.guide;

import dev.steward.reports.folder.JsonFile;
import dev.steward.reports.folder.MayBeAbsent;
import dev.steward.reports.folder.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code sweep.json} says; the component names are the field names.
 *
 * @param format      always {@code steward-sweep}
 * @param version     of the format
 * @param name        of the grid
 * @param description one line
 * @param command     that runs it
 * @param strategies  names
 * @param settings    the same at every point
 * @param axes        settings that change
 * @param points      in order
 */
public record SweepData(
    String format, int version, String name, String description, @MayBeAbsent String command,
    List<String> strategies, Map<String, String> settings, List<GridData.AxisData> axes, List<Point> points) {
    /** Name of the file in the folder of a sweep. */
    public static final String FILE = "sweep.json";

    private static final String FORMAT = "steward-sweep";
    private static final int MAX_VERSION = 1;

    /** Copies the lists. */
    public SweepData {
        strategies = List.copyOf(strategies);
        settings = new LinkedHashMap<>(settings);
        axes = List.copyOf(axes);
        points = List.copyOf(points);
    }

    /**
     * One point of the plan.
     *
     * @param id folder of its results, below that of the sweep
     * @param at value of each axis
     */
    public record Point(String id, Map<String, Double> at) {
        /** Copies the map. */
        public Point {
            at = Map.copyOf(at);
        }
    }

    /**
     * Reads the plan of a sweep.
     *
     * @param folder of the sweep
     * @return the plan
     * @throws UnreadableResultsException with one line that names the file and the reason
     */
    public static SweepData read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return JsonFile.read(file, FORMAT, MAX_VERSION, SweepData.class);
        } catch (IOException e) {
            throw new UnreadableResultsException(file + ": " + e.getMessage(), e);
        }
    }
}
