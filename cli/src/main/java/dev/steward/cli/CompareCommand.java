package dev.steward.cli;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs every strategy under the same load and writes a result folder. */
@Command(
    name = "compare",
    sortOptions = false,
    description = "Compare locking strategies under one scenario; writes a result folder.")
final class CompareCommand extends RunCommand {
    @Option(names = "--scenario", paramLabel = "NAME", defaultValue = ScenarioChoice.DEFAULT,
        description = "Scenario of the suite or a YAML file (default: ${DEFAULT-VALUE}).")
    private String scenarioName;

    @Mixin
    private StrategyOption strategies;

    @Option(names = "--events", paramLabel = "FILE",
        description = "Kernel log to draw the storm's records and StreamIDs from.")
    private String events;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
        description = "Override a setting of the scenario; './steward scenarios --keys' lists them.")
    private List<String> overrides = List.of();

    @Option(names = "--out", paramLabel = "DIR",
        description = "Result folder, new or empty (default: results/<scenario>, numbered if that exists).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        return compare(scenario(), strategies.names(), null, out);
    }

    private Scenario scenario() {
        ScenarioBuilder builder = ScenarioChoice.load(scenarioName);
        if (events != null) {
            builder.set(ScenarioKey.STORM_EVENTS.key(), events, "--events");
            builder.set(ScenarioKey.STORM_SKEW.key(), "log", "--events");
        }
        overrides.forEach(builder::override);
        return builder.build();
    }
}
