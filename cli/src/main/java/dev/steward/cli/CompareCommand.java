package dev.steward.cli;

import dev.steward.loadgen.run.Build;
import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.turn.Referee;
import dev.steward.reports.verdict.TurnStanding;
import dev.steward.results.RunManifest;
import dev.steward.results.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "4m",
        description = "Time for all turns (default: ${DEFAULT-VALUE}).")
    private String budget;

    @Option(names = "--precision", paramLabel = "SHARE",
        description = "When a difference is small enough to end: 10%%, or for some figures, as in "
            + "event.inline=5%%,commit=20%% (default: ${DEFAULT-VALUE}).",
        defaultValue = Precision.DEFAULT)
    private String precision;

    @Option(names = "--against", paramLabel = "BUILD",
        description = "Let the strategies of another build take turns with those of this one: a built checkout, its "
            + "steward.jar, or a jar with strategies.")
    private Path against;

    @Option(names = "--fail-on", paramLabel = "VERDICT", split = ",",
        description = "With --against: exit code 1 if any pair of builds is worse, undecided or better (default: "
            + "none).")
    private List<String> failOn = List.of();

    @Option(names = "--out", paramLabel = "DIR",
        description = "Result folder, new or empty (default: results/<scenario>, numbered if that exists).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        return compare(scenario(), strategies.names(), null, new TurnOptions(
            Precision.parse(precision), budgetNs(budget), Integer.MAX_VALUE,
            against == null ? null : Build.of(against), CompareCommand::referee), out, failOn());
    }

    private Set<Verdicts.Verdict> failOn() {
        if (!failOn.isEmpty() && against == null) {
            throw refusal("--fail-on: asks for verdicts on two builds; name the other one with --against");
        }
        return verdicts(failOn);
    }

    /** What has been seen is the business of the reports. */
    private static Referee referee(List<RunManifest.StrategyInfo> strategies) {
        return (turns, plan) -> {
            TurnStanding standing = TurnStanding.of(strategies, plan, turns);
            return new Referee.Standing(standing.enough(), standing.line());
        };
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
