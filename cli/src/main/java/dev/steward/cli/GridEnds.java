package dev.steward.cli;

import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.sweep.Axis;
import dev.steward.results.GridData;
import dev.steward.results.GridLimits;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a question lies outside a grid it is answered at the grid's nearest place, and what is known of the way from
 * there is said. Not thread-safe; for one question.
 */
final class GridEnds {
    private static final List<String> MEETINGS =
        List.of("with fewer, threads meet less often still", "with more, threads meet more often");
    private static final String OWN_LOCK = "each SMMU has a lock of its own, so handlers share cores and not the lock";
    /** What is known of less, and of more, than was measured. */
    private static final Map<String, List<String>> KNOWN = Map.of(
        GridLimits.EVENTS, MEETINGS,
        GridLimits.ATTACHES, MEETINGS,
        "streams", List.of("with fewer, events and attaches meet at one stream more often",
            "with more, events and attaches meet at one stream less often"),
        GridLimits.SECTION, List.of("with a shorter one, attaches wait less for reports",
            "with a longer one, attaches wait longer for reports"),
        GridLimits.AT_ONCE.get(0), List.of("with fewer, an event waits for fewer before it",
            "with more, an event waits for more before it"),
        GridLimits.AT_ONCE.get(1), List.of("with fewer, attaches wait less for each other",
            "with more, attaches wait longer for each other"),
        "smmus", List.of(OWN_LOCK, OWN_LOCK));

    private final GridData grid;
    private final Map<String, String> options;
    private final Map<String, Double> asked = new LinkedHashMap<>();
    private final Map<String, Double> at = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Takes a question to a grid.
     *
     * @param options that ask for a setting, by its key
     * @param asked   settings as a scenario keeps them; every axis of several values among them
     */
    GridEnds(GridData grid, Map<String, String> options, Map<String, String> asked) {
        this.grid = grid;
        this.options = options;
        asked.forEach(this::take);
        grid.axes().forEach(axis -> at.putIfAbsent(axis.key(), axis.least()));
    }

    /** The grid with both rates as axes: of one value where it has them fixed. */
    static GridData withRates(GridData grid) {
        GridData all = grid;
        for (String rate : List.of(GridLimits.EVENTS, GridLimits.ATTACHES)) {
            all = all.axis(rate) == null
                ? all.withAxis(rate, "/s", Axis.numberOf(fixed(grid, rate), rate)) : all;
        }
        return all;
    }

    /** The value of each axis at which the question is answered. */
    Map<String, Double> at() {
        return at;
    }

    /** What was asked for, as far as the grid has it as an axis. */
    Map<String, Double> asked() {
        return asked;
    }

    /** Where and why the question is answered otherwise than asked: a sentence each. */
    List<String> notes() {
        return notes;
    }

    private static String fixed(GridData grid, String key) {
        String fixed = grid.settings().get(key);
        return fixed == null ? ScenarioKey.byKey(key).orElseThrow().defaultValue()
            : ScenarioBuilder.canonical(key, fixed, "grid");
    }

    private void take(String key, String value) {
        String option = options.get(key);
        GridData.AxisData axis = grid.axis(key);
        if (axis == null) {
            String there = fixed(grid, key);
            if (!there.equals(value)) {
                notes.add(option + " " + value + ": the grid '" + grid.name() + "' was measured with " + there
                    + ". Answered for that" + known(key, value, there) + "; --measure measures it here.");
            }
            return;
        }
        double number = Axis.numberOf(value, option);
        double nearest = Math.max(axis.least(), Math.min(axis.greatest(), number));
        asked.put(key, number);
        at.put(key, nearest);
        if (number < nearest) {
            notes.add(beyond(option, number, axis, "below", "lowest", nearest) + KNOWN.get(key).get(0) + ".");
        } else if (number > nearest) {
            notes.add(beyond(option, number, axis, "above", "highest", nearest) + KNOWN.get(key).get(1)
                + "; --measure measures it here.");
        }
    }

    private static String beyond(
        String option, double asked, GridData.AxisData axis, String side, String end, double nearest) {
        return option + " " + Units.axis(asked, axis.unit()) + " is " + side + " the grid. Answered at its " + end
            + " value, " + Units.axis(nearest, axis.unit()) + ": ";
    }

    /** Nothing of a section that is drawn from a law, which is neither shorter nor longer. */
    private static String known(String key, String value, String there) {
        try {
            boolean more = Axis.numberOf(value, "") > Axis.numberOf(there, "");
            return ": " + KNOWN.get(key).get(more ? 1 : 0);
        } catch (ScenarioException e) {
            return "";
        }
    }
}
