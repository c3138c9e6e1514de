package dev.steward.loadgen.sweep;

import dev.steward.loadgen.cell.RigCheck;
import dev.steward.loadgen.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One scenario of a grid. Immutable. */
public record SweepPoint(String id, Map<String, String> at, Scenario scenario) {
    /** Copies the map. */
    public SweepPoint {
        at = new LinkedHashMap<>(at);
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
