package dev.steward.cli;

import dev.steward.loadgen.run.CompareConfig;
import dev.steward.loadgen.run.Comparison;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.reports.Reports;
import dev.steward.reports.ResultTable;
import dev.steward.reports.summary.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs every strategy under the same load and writes a result folder.
 */
@Command(
    name = "compare",
    sortOptions = false,
    description = "Compare locking strategies under one scenario; writes a result folder.")
final class CompareCommand implements Callable<Integer> {
    @Option(names = "--scenario", paramLabel = "NAME", defaultValue = ScenarioChoice.DEFAULT,
        description = "Scenario of the suite or a YAML file (default: ${DEFAULT-VALUE}).")
    private String scenarioName;

    @Option(names = "--strategy", paramLabel = "NAME", split = ",",
        description = "Contestants, separated by commas, or all (default: one of each kind).")
    private List<String> strategies = List.of();

    @Option(names = "--events", paramLabel = "FILE",
        description = "Kernel log to draw the storm's records and StreamIDs from.")
    private String events;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
        description = "Override a setting of the scenario; './steward scenarios --keys' lists them.")
    private List<String> overrides = List.of();

    @Option(names = "--out", paramLabel = "DIR",
        description = "Result folder, new or empty (default: results/<scenario>, numbered if that exists).")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Scenario scenario = scenario();
        Path folder = out == null ? freeFolder(scenario.text(ScenarioKey.NAME)) : out;
        PrintWriter console = spec.commandLine().getOut();
        try (Interruption interruption = Interruption.watch(folder, spec.commandLine().getErr())) {
            Comparison comparison = new CompareConfig(scenario, strategies, folder, Home.path(), rerunCommand())
                .prepare(line -> {
                    console.println(line);
                    console.flush();
                });
            interruption.ends(comparison);
            Comparison.Status status = run(comparison, console);
            Summary summary = Reports.write(folder);
            console.println();
            console.print(ResultTable.of(summary));
            console.println();
            console.println("report: " + folder.resolve(Reports.TEXT) + "  " + folder.resolve(Reports.HTML));
            console.flush();
            if (status == Comparison.Status.COMPLETE && summary.nothingToCompare()) {
                spec.commandLine().getErr()
                    .println("steward: no ranked strategy has a valid cell: nothing to compare; reasons above");
                return ExitCode.FAILED;
            }
            return status == Comparison.Status.COMPLETE ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static Comparison.Status run(Comparison comparison, PrintWriter console) {
        try (ProgressDisplay progress = new ProgressDisplay(console, Terminal.ofLauncher())) {
            return comparison.run(progress);
        }
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

    private static Path freeFolder(String name) {
        Path results = Path.of("results");
        Path folder = results.resolve(name);
        for (int number = 2; Files.exists(folder); number++) {
            folder = results.resolve(name + "-" + number);
        }
        return folder;
    }

    private String rerunCommand() {
        List<String> arguments = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        // A result folder must be new, so the rerun chooses its own.
        int outAt = arguments.indexOf("--out");
        if (outAt >= 0) {
            arguments.subList(outAt, outAt + 2).clear();
        }
        arguments.removeIf(argument -> argument.startsWith("--out="));
        String ownJars = System.getenv("STEWARD_CLASSPATH");
        String prefix = ownJars == null || ownJars.isEmpty() ? "" : "STEWARD_CLASSPATH=" + quoted(ownJars) + " ";
        return arguments.stream()
            .map(CompareCommand::quoted)
            .collect(Collectors.joining(" ", prefix + "./steward ", ""));
    }

    /** As a POSIX shell takes it. */
    private static String quoted(String argument) {
        return argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
