package dev.steward.loadgen.sweep;

import dev.steward.loadgen.cell.RigCheck;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One scenario of a grid. Immutable. */
public record SweepPoint(String id, Map<String, String> at, Scenario scenario) {
    /** So many are expected of what is rarer; a median needs 20, and arrivals are drawn. */
    private static final double WANTED = 40;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;

    /** Copies the map. */
    public SweepPoint {
        at = new LinkedHashMap<>(at);
    }

    /** The same with a window that holds enough events and attaches for a median, if its own is shorter. */
    SweepPoint longEnough() {
        long windowNs = Math.min(LONGEST_NS, (long) Math.ceil(WANTED / rarest() * NS_PER_SECOND));
        if (windowNs <= scenario.durationNs(ScenarioKey.DURATION)) {
            return this;
        }
        Map<String, String> settings = scenario.settings();
        settings.put(ScenarioKey.DURATION.key(), windowNs + "ns");
        return new SweepPoint(id, at, Scenario.ofSettings(settings));
    }

    /** Events or attaches per second, whichever are fewer; above 0 where there are attaches at all. */
    private double rarest() {
        double events = scenario.ratePerSecond(ScenarioKey.STORM_RATE);
        double attaches = scenario.ratePerSecond(ScenarioKey.CHURN_RATE);
        return scenario.count(ScenarioKey.SMMUS) * (attaches > 0 ? Math.min(events, attaches) : events);
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
