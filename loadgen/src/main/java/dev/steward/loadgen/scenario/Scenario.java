package dev.steward.loadgen.scenario;

import dev.steward.loadgen.workload.CostLaw;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A complete, checked scenario. Immutable.
 */
public final class Scenario {
    private final Map<ScenarioKey, String> values;

    Scenario(Map<ScenarioKey, String> values) {
        this.values = new EnumMap<>(values);
    }

    /**
     * Rebuilds a scenario from what {@link #settings()} gave.
     *
     * @throws ScenarioException if a value is out of range or settings contradict each other.
     */
    public static Scenario ofSettings(Map<String, String> settings) {
        ScenarioBuilder builder = new ScenarioBuilder();
        settings.forEach((key, value) -> builder.set(key, value, "settings"));
        return builder.build();
    }

    /** Flags of a JVM that is to find the files of settings where this one does. */
    public static List<String> fileFlags() {
        return CostSetting.flags();
    }

    /** A setting as text, in canonical form. */
    public String text(ScenarioKey key) {
        return values.get(key);
    }

    /** A whole number, in the range of an int. */
    public int count(ScenarioKey key) {
        return Math.toIntExact(Long.parseLong(values.get(key)));
    }

    /** A number. */
    public double decimal(ScenarioKey key) {
        return Double.parseDouble(values.get(key));
    }

    /**
     * A number by its full key, for settings of which there is one for each kind of something.
     *
     * @throws IllegalArgumentException if there is no such setting.
     */
    public double decimal(String key) {
        return decimal(ScenarioKey.byKey(key).orElseThrow(() -> new IllegalArgumentException("no setting " + key)));
    }

    /** Several numbers, maybe none, in a new array. */
    public double[] decimals(ScenarioKey key) {
        String text = values.get(key);
        String[] numbers = text.isEmpty() ? new String[0] : text.split(",");
        return Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
    }

    /** A rate, per second. */
    public double ratePerSecond(ScenarioKey key) {
        return Quantities.rate(values.get(key));
    }

    /** A duration in nanoseconds. */
    public long durationNs(ScenarioKey key) {
        return Quantities.durationNs(values.get(key));
    }

    /**
     * How long a step takes.
     *
     * @throws IllegalArgumentException if the setting is a file that has changed since the scenario was made.
     */
    public CostLaw cost(ScenarioKey key) {
        return CostSetting.of(values.get(key), key.type().maxNs()).law();
    }

    /** Devices per SMMU, 1 or more: each owns as many streams as the next. */
    public int devices() {
        return count(ScenarioKey.STREAMS) / count(ScenarioKey.STREAMS_PER_DEVICE);
    }

    /** Guests per SMMU, 1 or more. */
    public int guests() {
        int guests = count(ScenarioKey.GUESTS);
        return guests == 0 ? count(ScenarioKey.VIOMMUS) : guests;
    }

    /** A stress setting: devices go from guest to guest in one replace, as no VMM can make them. */
    public boolean guestsShareContext() {
        return text(ScenarioKey.CHURN_WITHIN).equals("any");
    }

    /** The seed, any value. */
    public long seed() {
        return Long.parseLong(values.get(ScenarioKey.SEED));
    }

    /** Every setting by its full key, in the order of {@link ScenarioKey}, in a new map. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ScenarioKey key : ScenarioKey.values()) {
            settings.put(key.key(), values.get(key));
        }
        return settings;
    }
}
