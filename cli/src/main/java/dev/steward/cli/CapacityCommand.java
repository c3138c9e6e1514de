package dev.steward.cli;

import dev.steward.loadgen.run.CapacityRun;
import dev.steward.loadgen.run.CapacityTable;
import dev.steward.loadgen.run.Slo;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.reports.read.OtherFolder;
import dev.steward.results.AtomicFiles;
import dev.steward.results.CapacityResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Searches the highest rate of each strategy that keeps an objective.
 */
@Command(
    name = "capacity",
    sortOptions = false,
    description = "Find the highest storm (or attach) rate of each strategy that keeps a bound on latencies.")
final class CapacityCommand extends RunCommand {
    /** Set unless the user says otherwise: one path, and cells that are short, since there are many. */
    private static final List<String> OWN_SETTINGS =
        List.of("path=ring", "rehearsal=500ms", "warmup=200ms", "duration=1s");

    @Option(names = "--slo", paramLabel = "BOUND", required = true,
        description = "Bounds on latencies, for example event.p99.9<=50us,attach.p99<=1ms.")
    private String slo;

    @Option(names = "--find", paramLabel = "LOAD", defaultValue = "storm",
        description = "Rate to search: storm or churn (default: ${DEFAULT-VALUE}).")
    private String find;

    @Option(names = "--churn", paramLabel = "RATE", description = "Attach rate per SMMU; where --find churn starts.")
    private String churn;

    @Option(names = "--storm", paramLabel = "RATE", description = "Event rate per SMMU; where --find storm starts.")
    private String storm;

    @Option(names = "--budget", paramLabel = "TIME", defaultValue = "10min",
        description = "Time for everything (default: ${DEFAULT-VALUE}).")
    private String budget;

    @Option(names = "--strategy", paramLabel = "NAME", split = ",",
        description = "Strategies, separated by commas, or all (default: " + StrategyOption.RANKED + ", and those of "
            + "your own jars).")
    private List<String> strategies = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE",
        description = "Set a setting; '" + Steward.COMMAND + " scenarios --keys' lists them. Unlike in compare: "
            + "path=ring, " + "rehearsal=500ms, warmup=200ms, duration=1s.")
    private List<String> overrides = List.of();

    @Option(names = "--dry-run", description = "Say what would be searched and how long, and run nothing.")
    private boolean dryRun;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Result folder, new, empty, or of an interrupted search of the same, which goes on (default: "
            + "results/capacity, numbered if that exists).")
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (dryRun) {
            run(null).dryRun().forEach(this::say);
            return ExitCode.OK;
        }
        return inFolder(out, "capacity", this::search);
    }

    private int search(Path folder, boolean isNew) throws IOException, InterruptedException {
        CapacityRun run = run(folder);
        CapacityResult result;
        try (Interruption interruption = Interruption.watch(
                folder, isNew, "the same command with --out " + folder + " goes on", err());
            ProgressBelow progress = progressBelow(TimeUnit.NANOSECONDS.toMillis(budgetNs(budget)))) {
            // Every trial is written when it ends.
            interruption.ends(interruption::release);
            try {
                result = run.run(preflight(line -> progress.above(() -> tell(line))));
            } catch (IOException e) {
                interruption.explain(Complaints.reason(e));
                return ExitCode.FAILED;
            }
        }
        String table = CapacityTable.of(result);
        AtomicFiles.write(folder.resolve(OtherFolder.CAPACITY), table);
        say("");
        print(table);
        say("");
        say("result: " + folder.resolve(OtherFolder.CAPACITY) + "  " + folder.resolve(CapacityResult.FILE));
        boolean found = result.strategies().stream().anyMatch(strategy -> strategy.heldPerSecond() > 0);
        if (!found) {
            complain(CapacityTable.nothingFound(result));
        }
        return found ? ExitCode.OK : ExitCode.FAILED;
    }

    private CapacityRun run(Path folder) {
        return new CapacityRun(new CapacityRun.Request(
            scenario(), strategies, Slo.parse(slo), wanted(), budgetNs(budget), folder, rerunCommand()));
    }

    private Scenario scenario() {
        ScenarioBuilder builder = new ScenarioBuilder();
        OWN_SETTINGS.forEach(builder::override);
        builder.set(ScenarioKey.NAME.key(), "capacity", "capacity");
        if (storm != null) {
            builder.set(ScenarioKey.STORM_RATE.key(), storm, "--storm");
        }
        if (churn != null) {
            builder.set(ScenarioKey.CHURN_RATE.key(), churn, "--churn");
        }
        Scenario scenario = builder.overrides(overrides).build();
        if (scenario.text(ScenarioKey.PATH).equals("both")) {
            throw refusal("--set path=both: a search goes one way; allowed: ring, inline");
        }
        return scenario;
    }

    private CapacityRun.Find wanted() {
        return switch (find) {
            case "storm" -> CapacityRun.Find.STORM;
            case "churn" -> CapacityRun.Find.CHURN;
            default -> throw refusal("--find: '" + find + "' is no load; allowed: storm, churn");
        };
    }
}
