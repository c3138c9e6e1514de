package dev.steward.loadgen.sweep;

import dev.steward.loadgen.cell.RigCheck;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.Randomness;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One scenario of a grid. Immutable. */
public record SweepPoint(String id, Map<String, String> at, Scenario scenario) {
    /** Copies the map. */
    public SweepPoint {
        at = new LinkedHashMap<>(at);
    }

    /**
     * The same load drawn anew, so that several tasks that measure a point do not repeat each other's arrivals.
     *
     * @param number of the copy, from 1, which is the point itself.
     */
    public SweepPoint copy(int number) {
        if (number == 1) {
            return this;
        }
        Map<String, String> settings = scenario.settings();
        settings.put(ScenarioKey.SEED.key(), Long.toString(Randomness.derive(scenario.seed(), "copy-" + number)));
        return new SweepPoint(id, at, Scenario.ofSettings(settings));
    }

    /** Whether it needs more threads than this machine has cores. */
    public boolean oversubscribed() {
        return RigCheck.threads(scenario) > Runtime.getRuntime().availableProcessors();
    }

    /** Where it lies, for people. */
    @Override
    public String toString() {
        return at.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).collect(Collectors.joining(" "));
    }
}
