package dev.steward.cli;

import dev.steward.loadgen.run.ReplayConfig.Setting;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.List;
import picocli.CommandLine.Option;

/** Settings of the load that a command line may change. */
final class SettingOptions {
    @Option(names = "--set", paramLabel = "KEY=VALUE",
        description = "Override a setting of the scenario; '" + Steward.COMMAND + " scenarios --keys' lists them.")
    private List<String> overrides = List.of();

    @Option(names = "--duration", paramLabel = "TIME",
        description = "Measured time of a cell, with a unit: the setting duration.")
    private String duration;

    @Option(names = "--repeats", paramLabel = "N",
        description = "Cells of each strategy and path: the setting repeats.")
    private String repeats;

    List<String> overrides() {
        return overrides;
    }

    /** Those with an option of their own; without a value where it was not given. */
    List<Setting> settings() {
        return List.of(new Setting(ScenarioKey.DURATION, duration, "--duration"),
            new Setting(ScenarioKey.REPEATS, repeats, "--repeats"));
    }

    /** What is said by {@code --set} wins. */
    void applyTo(ScenarioBuilder builder) {
        for (Setting setting : settings()) {
            if (setting.value() != null) {
                builder.set(setting.key().key(), setting.value(), setting.option());
            }
        }
        builder.overrides(overrides);
    }
}
