package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;
import static dev.steward.results.Within.Range.SIGNED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The figures of a measured grid, small enough to ship; {@code docs/results-format.md} lays the file out. Immutable.
 *
 * @param oversubscribed whether there were more threads than cores at some point; null in older grids
 * @param precision      half-width of an interval that was wanted, as a share, by {@link TurnPlan#key}; empty for
 *                       a grid that was not measured by turns
 */
public record GridData(
    String format, int version, String name, String description, String machine, @MayBeAbsent String commit,
    String command, Map<String, String> settings, List<AxisData> axes, List<StrategyData> strategies,
    List<PointData> points, @MayBeAbsent Boolean oversubscribed,
    @MayBeAbsent @Within(POSITIVE) Map<String, Double> precision) {
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-grid";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 2;

    private static final String INLINE = "inline";

    /**
     * Reads a grid.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static GridData read(Path file) throws IOException {
        return JsonFile.read(file, FORMAT, VERSION, GridData.class);
    }

    /** Copies the collections. */
    public GridData {
        settings = new LinkedHashMap<>(settings);
        axes = List.copyOf(axes);
        strategies = List.copyOf(strategies);
        points = List.copyOf(points);
        precision = precision == null ? Map.of() : new LinkedHashMap<>(precision);
        for (int i = 0; i < points.size(); i++) {
            for (AxisData axis : axes) {
                if (points.get(i).at().get(axis.key()) == null) {
                    throw new IllegalArgumentException(
                        "points[" + i + "].at: " + Wording.shown(axis.key()) + " is missing, which is an axis");
                }
            }
        }
    }

    /** {@return a place in the grid, with all its axes: for example {@code events 20000/s, attaches 50/s}} */
    public String words(Map<String, Double> at) {
        return axes.stream()
            .map(axis -> GridLimits.word(axis.key()) + " " + Units.axis(at.get(axis.key()), axis.unit()))
            .collect(Collectors.joining(", "));
    }

    /** The same with a setting that all points have in common as an axis of one value. */
    public GridData withAxis(String key, String unit, double value) {
        List<AxisData> more = new ArrayList<>(axes);
        more.add(new AxisData(key, unit, List.of(value)));
        return new GridData(format, version, name, description, machine, commit, command, settings, more, strategies,
            points.stream().map(point -> {
                Map<String, Double> at = new LinkedHashMap<>(point.at());
                at.put(key, value);
                return new PointData(point.folder(), at, point.results());
            }).toList(), oversubscribed, precision);
    }

    /** One axis. */
    public record AxisData(String key, String unit, @Within(SIGNED) List<Double> values) {
        /** Copies the list. */
        public AxisData {
            values = List.copyOf(values);
            for (int i = 0; i < values.size(); i++) {
                if (!Double.isFinite(values.get(i)) || i > 0 && values.get(i) <= values.get(i - 1)) {
                    throw new IllegalArgumentException("the values of axis '" + key + "' do not rise");
                }
            }
            if (values.isEmpty()) {
                throw new IllegalArgumentException("axis '" + key + "' has no values");
            }
        }

        /** The lower end of the axis. */
        public double least() {
            return values.get(0);
        }

        /** The upper end of the axis. */
        public double greatest() {
            return values.get(values.size() - 1);
        }
    }

    /**
     * Facts of one strategy.
     *
     * @param attachWaits    whether an attach waits for events under way, whether for one report or for a grace period.
     * @param attachWaitsFor what it waits for; absent in grids of versions that told only whether.
     * @param simplicity     place among the kinds of lock, 1 for the simplest; null if it does not say.
     */
    public record StrategyData(
        String name, String title, String kernelPrimitive, boolean ranked, String context, boolean hardInterrupt,
        boolean reportMaySleep, boolean attachWaits, @MayBeAbsent String attachWaitsFor,
        @MayBeAbsent @Within(POSITIVE) Integer simplicity) {
        /** The simplest first; those that do not say last. */
        public static final Comparator<StrategyData> SIMPLEST_FIRST =
            Comparator.comparing(StrategyData::simplicity, Comparator.nullsLast(Comparator.naturalOrder()));

        /** What an attach may wait for, the shortest first. */
        public static final List<String> ATTACH_WAITS = List.of("nothing", "holder", "report", "grace-period");

        /** What an attach waits for, one of {@link #ATTACH_WAITS}; where nobody can tell, the longest. */
        public String longestWait() {
            if (attachWaitsFor == null && !attachWaits) {
                return "holder";
            }
            return attachWaitsFor != null && ATTACH_WAITS.contains(attachWaitsFor) ? attachWaitsFor
                : ATTACH_WAITS.get(ATTACH_WAITS.size() - 1);
        }
    }

    /** What was measured at one point. */
    public record PointData(String folder, @Within(SIGNED) Map<String, Double> at, List<Result> results) {
        /** Copies the collections. */
        public PointData {
            at = new LinkedHashMap<>(at);
            results = List.copyOf(results);
        }

        /**
         * What was measured of one strategy.
         *
         * @return null if it did not run
         */
        public Result of(String strategy) {
            return results.stream().filter(one -> one.strategy().equals(strategy)).findFirst().orElse(null);
        }
    }

    /**
     * One strategy at one point.
     *
     * @param turns medians turn by turn; empty where there were none.
     */
    public record Result(
        String strategy, int planned, List<CellData> cells, long footprintBytes, @MayBeAbsent List<TurnsData> turns) {
        /** Copies the lists. */
        public Result {
            cells = List.copyOf(cells);
            turns = turns == null ? List.of() : List.copyOf(turns);
        }
    }

    /**
     * What the turns of a strategy come down to, for one figure on one path.
     *
     * @param figure  label of a {@link TurnFigure}.
     * @param medians nanoseconds, by generation, freed of what the rounds of a generation had in common.
     */
    public record TurnsData(String path, String figure, @Within(POSITIVE) Map<Integer, Double> medians) {
        /** Copies the map. */
        public TurnsData {
            medians = Collections.unmodifiableMap(new TreeMap<>(medians));
            medians.forEach((generation, ns) -> require(ns != null && ns > 0 && Double.isFinite(ns),
                figure + " on path " + path + " is " + ns + " in generation " + generation));
        }
    }

    /** The figures of one valid cell. */
    public record CellData(
        String id, @MayBeAbsent String placement, Map<String, Long> figures,
        @MayBeAbsent @Within(POSITIVE) Map<String, Double> sliceMedians) {
        /** Copies the maps. A grid of an earlier version says neither placement nor medians of slices. */
        public CellData {
            placement = placement == null ? CellRecord.UNKNOWN : placement;
            figures = new LinkedHashMap<>(figures);
            sliceMedians = sliceMedians == null ? Map.of() : new LinkedHashMap<>(sliceMedians);
            figures.forEach((name, ns) -> require(ns != null && ns >= 0, id + ": " + name + " is " + ns));
            sliceMedians.forEach((name, ns) -> require(ns != null && ns > 0 && Double.isFinite(ns),
                id + ": slice median of " + name + " is " + ns));
        }

        /** Way of its events, as the end of its id says. */
        public String path() {
            return id.matches(".*-ring-r\\d+") ? CellRecord.RING : INLINE;
        }
    }

    /** Of what is made of a folder: a grid that could not be read again would be shipped otherwise. */
    private static void require(boolean holds, String wrong) {
        if (!holds) {
            throw new IllegalArgumentException(wrong + ", which no latency is");
        }
    }

    /** Whether it was measured by turns. */
    public boolean byTurns() {
        return points.stream().flatMap(point -> point.results().stream()).anyMatch(one -> !one.turns().isEmpty());
    }

    /** The paths on which something was measured. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        points.stream().flatMap(point -> point.results().stream()).forEach(one -> {
            one.cells().forEach(cell -> paths.add(cell.path()));
            one.turns().forEach(turns -> paths.add(turns.path()));
        });
        return paths;
    }

    /** The path that decides: behind the queue, as in the driver, if that was measured. */
    public String decidingPath() {
        return paths().contains(CellRecord.RING) ? CellRecord.RING : INLINE;
    }

    /** The same grid with other figures. */
    public GridData withPoints(List<PointData> others) {
        return new GridData(
            format, version, name, description, machine, commit, command, settings, axes, strategies, others,
            oversubscribed, precision);
    }

    /** Whether each thread had a core of its own: else, and where nobody can tell, tails are the machine's. */
    public boolean coreForEachThread() {
        return Boolean.FALSE.equals(oversubscribed);
    }

    /**
     * One axis.
     *
     * @return null without such an axis
     */
    public AxisData axis(String key) {
        return axes.stream().filter(axis -> axis.key().equals(key)).findFirst().orElse(null);
    }

    /** Facts of one strategy. */
    public StrategyData strategy(String strategy) {
        return strategies.stream().filter(one -> one.name().equals(strategy)).findFirst().orElseThrow();
    }
}
