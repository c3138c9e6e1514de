package dev.steward.cli;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What {@code scenarios --json} prints.
 *
 * @param scenarios null where the settings were asked for
 * @param keys      every setting; null where the scenarios were asked for
 */
record ScenariosDocument(String format, int version, List<OfScenario> scenarios, List<OfKey> keys) {
    /**
     * One scenario.
     *
     * @param stress   whether it does what no VMM can
     * @param settings every setting by its full key
     */
    record OfScenario(String name, String description, boolean stress, Map<String, String> settings) {
        private static OfScenario of(String name) {
            Scenario scenario = ScenarioChoice.load(name).build();
            return new OfScenario(name, scenario.text(ScenarioKey.DESCRIPTION), scenario.guestsShareContext(),
                scenario.settings());
        }
    }

    /** One setting; choices are empty unless it is one of a few words. */
    record OfKey(String key, String defaultValue, String allowed, List<String> choices, String meaning) {
        private static OfKey of(ScenarioKey key) {
            return new OfKey(key.key(), key.defaultValue(), key.allowed(), key.choices(), key.meaning());
        }
    }

    static ScenariosDocument ofScenarios() {
        return new ScenariosDocument(
            "steward-scenarios", 1, ScenarioChoice.names().stream().map(OfScenario::of).toList(), null);
    }

    static ScenariosDocument ofKeys() {
        return new ScenariosDocument(
            "steward-scenarios", 1, null, Arrays.stream(ScenarioKey.values()).map(OfKey::of).toList());
    }
}
