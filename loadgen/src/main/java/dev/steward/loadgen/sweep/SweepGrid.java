package dev.steward.loadgen.sweep;

import dev.steward.loadgen.run.CompareConfig;
import dev.steward.loadgen.scenario.Quantities;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.results.GridData;
import dev.steward.results.GridLimits;
import dev.steward.results.SweepManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

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

    /** So many are expected of what is rarer; a median of a cell needs 20, and arrivals are drawn. */
    private static final int CELL_VALUES = 40;
    /** A turn is one of many. */
    private static final int TURN_VALUES = 10;
    private static final int BURSTS = 3;
    /** In seconds; more is not worth the wait. */
    private static final double LONG_CELL = 20;
    private static final double LONG_TURN = 1.2;
    private static final double LONGEST_TURN = 60;
    private static final String LONGEST = "60min";
    private static final double NS_PER_SECOND = 1e9;

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

    /** The same with a point for each combination of values of the axes. */
    SweepGrid withAllCombinations(String origin) {
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
        List<SweepPoint> all = new ArrayList<>();
        for (Map<String, String> at : places) {
            all.add(point(all.size(), name, description, settings, at, origin));
        }
        return new SweepGrid(name, description, strategies, settings, axes, all);
    }

    /**
     * The same with points at these places.
     *
     * @param places settings of each, all axes among them, by where they are written.
     * @throws ScenarioException with one line, if a point lies on no place of the axes.
     */
    SweepGrid with(Map<String, Map<String, String>> places) {
        List<SweepPoint> all = new ArrayList<>();
        places.forEach((origin, at) -> {
            axes.forEach(axis -> axis.check(at.get(axis.key().key()), origin));
            SweepPoint point = point(all.size(), name, description, settings, at, origin);
            all.add(point);
        });
        return new SweepGrid(name, description, strategies, settings, axes, all);
    }

    private static SweepPoint point(
        int index, String name, String description, Map<String, String> settings, Map<String, String> at,
        String origin) {
        ScenarioBuilder builder = new ScenarioBuilder();
        builder.set(ScenarioKey.NAME.key(), name, origin).set(ScenarioKey.DESCRIPTION.key(), description, origin);
        settings.forEach((key, value) -> builder.set(key, value, origin));
        at.forEach((key, value) -> builder.set(key, value, origin));
        Scenario scenario = builder.build();
        CompareConfig.refuseDisturbed(scenario);
        return new SweepPoint(String.format(Locale.ROOT, "%04d", index), at, scenario);
    }

    /** A point with windows that hold enough events, attaches and bursts for a median, at least those of the grid. */
    private static SweepPoint longEnough(
        int index, String name, String description, Map<String, String> settings, Map<String, String> at) {
        Map<String, String> longest = new LinkedHashMap<>(settings);
        longest.put(ScenarioKey.DURATION.key(), LONGEST);
        Scenario scenario = point(index, name, description, longest, at, description).scenario();
        double bursts = BURSTS * Math.max(
            apart(scenario, ScenarioKey.STORM_RATE, ScenarioKey.STORM_AT_ONCE),
            apart(scenario, ScenarioKey.CHURN_RATE, ScenarioKey.CHURN_AT_ONCE));
        double rare = Math.max(
            seconds(scenario, ScenarioKey.STORM_RATE), seconds(scenario, ScenarioKey.CHURN_RATE));
        Map<String, String> longer = new LinkedHashMap<>(settings);
        lengthen(longer, ScenarioKey.DURATION, Math.max(bursts, Math.min(LONG_CELL, CELL_VALUES * rare)));
        lengthen(longer, ScenarioKey.TURN_WINDOW,
            Math.min(LONGEST_TURN, Math.max(bursts, Math.min(LONG_TURN, TURN_VALUES * rare))));
        return point(index, name, description, longer, at, description);
    }

    private static void lengthen(Map<String, String> settings, ScenarioKey key, double seconds) {
        long ownNs = Quantities.durationNs(settings.getOrDefault(key.key(), key.defaultValue()));
        settings.put(key.key(), Math.max(ownNs, (long) Math.ceil(seconds * NS_PER_SECOND)) + "ns");
    }

    /** Seconds for one of them. */
    private static double seconds(Scenario scenario, ScenarioKey rate) {
        double perSecond = scenario.ratePerSecond(rate) * scenario.count(ScenarioKey.SMMUS);
        return perSecond == 0 ? 0 : 1 / perSecond;
    }

    /** Seconds from burst to burst; 0 where nothing comes at once. */
    private static double apart(Scenario scenario, ScenarioKey rate, ScenarioKey atOnce) {
        int burst = scenario.count(atOnce);
        return burst == 1 ? 0 : burst * seconds(scenario, rate);
    }

    /**
     * Scenarios drawn from within this grid, none of its own points by intent: each axis evenly in the logarithm
     * between its ends, as far as a guide could answer.
     */
    public SweepGrid drawn(int count, long seed) {
        Randomness random = new Randomness(Randomness.derive(seed, "sweep-points"));
        String drawnName = name + "-drawn";
        GridLimits limits = GridLimits.of(points.stream().map(this::numbers).toList());
        List<SweepPoint> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            Map<String, String> at = new LinkedHashMap<>();
            axes.forEach(axis -> at.put(axis.key().key(), axis.between(random.nextUnit())));
            Map<String, Double> place = new LinkedHashMap<>();
            at.forEach((key, text) -> place.put(key, Axis.numberOf(text, key)));
            if (limits.brokenBy(place) == null) {
                drawn.add(longEnough(drawn.size(), drawnName, "drawn from within the grid " + name, settings, at));
            }
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
        SweepPoint only = longEnough(0, askedName, "asked for", fixed, at);
        return new SweepGrid(askedName, "asked for", strategies, fixed, asked, List.of(only));
    }

    /** A single scenario as a grid: the rate of its storm is the axis, with one value. */
    public static SweepGrid of(Scenario scenario, List<String> strategies) {
        Scenario defaults = new ScenarioBuilder().build();
        Map<String, String> settings = scenario.settings();
        String rate = settings.remove(ScenarioKey.STORM_RATE.key());
        List.of(ScenarioKey.NAME, ScenarioKey.DESCRIPTION).forEach(key -> settings.remove(key.key()));
        settings.entrySet().removeAll(defaults.settings().entrySet());
        String origin = scenario.text(ScenarioKey.NAME);
        return new SweepGrid(origin, scenario.text(ScenarioKey.DESCRIPTION), strategies, settings,
            List.of(Axis.of(ScenarioKey.STORM_RATE.key(), List.of(rate), origin)), List.of())
            .withAllCombinations(origin);
    }

    /** The YAML file of this grid, with each point and its windows; what is read from it is the same grid. */
    public String yaml() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("name", name);
        file.put("description", description);
        file.put("strategies", strategies);
        file.put("settings", settings);
        Map<String, List<String>> values = new LinkedHashMap<>();
        axes.forEach(axis -> values.put(axis.key().key(), axis.texts()));
        file.put("axes", values);
        file.put("points", points.stream().map(point -> {
            Map<String, String> place = new LinkedHashMap<>(point.at());
            List.of(ScenarioKey.DURATION, ScenarioKey.TURN_WINDOW)
                .forEach(key -> place.put(key.key(), point.scenario().text(key)));
            return place;
        }).toList());
        return new Yaml().dump(file);
    }

    /** Some points of this grid shuffled, the same for a purpose: drift of the machine is spread over the axes. */
    public List<SweepPoint> inRandomOrder(String purpose, List<SweepPoint> some) {
        List<SweepPoint> shuffled = new ArrayList<>(some);
        new Randomness(Randomness.derive(points.get(0).scenario().seed(), purpose)).shuffle(shuffled);
        return shuffled;
    }

    /** What {@code sweep.json} says of the grid. */
    public SweepManifest manifest(String command) {
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
