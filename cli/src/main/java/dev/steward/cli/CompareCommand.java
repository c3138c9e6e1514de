package dev.steward.cli;

import dev.steward.loadgen.run.Build;
import dev.steward.loadgen.run.CompareConfig;
import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.turn.Referee;
import dev.steward.reports.verdict.TurnStanding;
import dev.steward.results.FleetPlan;
import dev.steward.results.Launcher;
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
    private static final String BUDGET = "4m";
    private static final String QUICK_BUDGET = "50s";
    private static final List<String> QUICK_STRATEGIES = List.of("mutex", "rcu-page", "unguarded");
    private static final List<String> QUICK_SETTINGS =
        List.of("path=inline", "turn.rounds=4", "turn.runIn=2", "repeats=0");

    @Option(names = "--scenario", paramLabel = "NAME", defaultValue = ScenarioChoice.DEFAULT,
        description = "Scenario of the suite or a YAML file (default: ${DEFAULT-VALUE}).")
    private String scenarioName;

    @Mixin
    private StrategyOption strategies;

    @Option(names = "--events", paramLabel = "FILE",
        description = "Kernel log to draw the storm's records and StreamIDs from.")
    private String events;

    @Option(names = "--quick",
        description = "A first estimate within a minute, often without verdicts: mutex, rcu-page and the floor on path "
            + "inline, in short rounds, without long cells. Other strategies, settings and budgets may be named beside "
            + "it.")
    private boolean quick;

    @Mixin
    private SettingOptions settings;

    @Option(names = "--budget", paramLabel = "TIME",
        description = "Time for all turns (default: " + BUDGET + ", with --quick " + QUICK_BUDGET + ").")
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

    @Option(names = "--dry-run", description = "Say what would run and how long, and run nothing.")
    private boolean dryRun;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Result folder, new, empty, or of an interrupted run of the same, which goes on (default: "
            + "results/<scenario>, numbered if that exists).")
    private Path out;

    @Mixin
    private PlanOptions plan;

    @Override
    public Integer call() throws IOException {
        List<String> names = strategies.names().isEmpty() && quick ? QUICK_STRATEGIES : strategies.names();
        if (plan.wanted(this)) {
            return plan(names);
        }
        TurnOptions turns = new TurnOptions(
            Precision.parse(precision), budgetNs(budget != null ? budget : quick ? QUICK_BUDGET : BUDGET),
            Integer.MAX_VALUE, against == null ? null : Build.of(against), CompareCommand::referee);
        Set<Verdicts.Verdict> failing = failOn();
        if (dryRun) {
            new CompareConfig(scenario(), names, null, Home.path(), rerunCommand()).dryRun(turns).forEach(this::say);
            return ExitCode.OK;
        }
        return compare(scenario(), names, null, turns, out, failing);
    }

    private int plan(List<String> names) throws IOException {
        if (budget != null || against != null || !failOn.isEmpty() || dryRun || out != null
            || !precision.equals(Precision.DEFAULT)) {
            throw refusal("--plan: --budget, --precision, --against, --fail-on, --dry-run and --out are for a "
                + "comparison on one machine");
        }
        return plan.planOne(this, scenario(),
            StrategyChoice.named(names).stream().map(strategy -> strategy.description().name()).toList(),
            Launcher.command() + " report " + FleetPlan.MERGED + "/0000");
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
        if (quick) {
            QUICK_SETTINGS.forEach(builder::override);
        }
        settings.applyTo(builder);
        return builder.build();
    }
}
