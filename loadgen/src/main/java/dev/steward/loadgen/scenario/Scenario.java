package dev.steward.loadgen.scenario;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
     * @param settings every key with its value.
     * @return the same scenario.
     * @throws ScenarioException if a value is out of range or settings contradict each other.
     */
    public static Scenario ofSettings(Map<String, String> settings) {
        ScenarioBuilder builder = new ScenarioBuilder();
        settings.forEach((key, value) -> builder.set(key, value, "settings"));
        return builder.build();
    }

    /**
     * A setting as text.
     *
     * @param key setting.
     * @return canonical form.
     */
    public String text(ScenarioKey key) {
        return values.get(key);
    }

    /**
     * A whole number.
     *
     * @param key setting of that kind, in the range of an int.
     * @return its value.
     */
    public int count(ScenarioKey key) {
        return Math.toIntExact(Long.parseLong(values.get(key)));
    }

    /**
     * A number.
     *
     * @param key setting of that kind.
     * @return its value.
     */
    public double decimal(ScenarioKey key) {
        return Double.parseDouble(values.get(key));
    }

    /**
     * A number by its key, for settings of which there is one for each kind of something.
     *
     * @param key full key of a setting of that kind.
     * @return its value.
     * @throws IllegalArgumentException if there is no such setting.
     */
    public double decimal(String key) {
        return decimal(ScenarioKey.byKey(key).orElseThrow(() -> new IllegalArgumentException("no setting " + key)));
    }

    /**
     * Several numbers.
     *
     * @param key setting of that kind.
     * @return a new array, may be empty.
     */
    public double[] decimals(ScenarioKey key) {
        String text = values.get(key);
        String[] numbers = text.isEmpty() ? new String[0] : text.split(",");
        return Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
    }

    /**
     * A rate.
     *
     * @param key setting of that kind.
     * @return per second.
     */
    public double ratePerSecond(ScenarioKey key) {
        return Quantities.rate(values.get(key));
    }

    /**
     * A duration.
     *
     * @param key setting of that kind.
     * @return nanoseconds.
     */
    public long durationNs(ScenarioKey key) {
        return Quantities.durationNs(values.get(key));
    }

    /**
     * Devices per SMMU: each owns as many streams as the next.
     *
     * @return 1 or more.
     */
    public int devices() {
        return count(ScenarioKey.STREAMS) / count(ScenarioKey.STREAMS_PER_DEVICE);
    }

    /**
     * The seed.
     *
     * @return any value.
     */
    public long seed() {
        return Long.parseLong(values.get(ScenarioKey.SEED));
    }

    /**
     * Every setting by its full key, in the order of {@link ScenarioKey}.
     *
     * @return a new map.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ScenarioKey key : ScenarioKey.values()) {
            settings.put(key.key(), values.get(key));
        }
        return settings;
    }
}
