package dev.steward.results;

import static dev.steward.results.Within.Range.SIGNED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plan of a sweep, {@code sweep.json}. Whether a point has run stands in its own {@code run.json}. Immutable. */
public record SweepManifest(
    String format, int version, String name, String description, @MayBeAbsent String command,
    List<String> strategies, Map<String, String> settings, List<GridData.AxisData> axes, List<Point> points) {
    /** Name of the file in the folder of a sweep. */
    public static final String FILE = "sweep.json";
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-sweep";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 1;

    /** Copies the collections. */
    public SweepManifest {
        strategies = List.copyOf(strategies);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        axes = List.copyOf(axes);
        points = List.copyOf(points);
    }

    /** One point of the plan. */
    public record Point(String id, @Within(SIGNED) Map<String, Double> at) {
        /** Copies the map. */
        public Point {
            at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
            // Becomes the name of a folder.
            if (!PlainName.is(id)) {
                throw new IllegalArgumentException("'" + Wording.shown(id) + "' is not a plain file name");
            }
        }
    }

    /**
     * Reads the plan of a sweep.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static SweepManifest read(Path folder) throws IOException {
        return JsonFile.read(folder.resolve(FILE), FORMAT, VERSION, SweepManifest.class);
    }

    /**
     * Whether two sweeps run the same, whatever the command lines that started them.
     *
     * @return true if all but the command is equal
     */
    public boolean sameGridAs(SweepManifest other) {
        return equals(new SweepManifest(other.format, other.version, other.name, other.description, command,
            other.strategies, other.settings, other.axes, other.points));
    }
}
