package dev.steward.cli;

import dev.steward.loadgen.run.CompareConfig;
import dev.steward.loadgen.run.Comparison;
import dev.steward.loadgen.run.Replay;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.reports.Reports;
import dev.steward.reports.summary.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs a comparison for a command: preflight, progress, result folder, table, exit code.
 *
 * @param spec       of the command.
 * @param strategies as the user named them.
 * @param out        result folder, or null for one of its own.
 */
record ComparisonRun(CommandSpec spec, List<String> strategies, Path out) {
    /**
     * Runs all cells.
     *
     * @param scenario complete.
     * @param replay   logs to play, or null.
     * @return exit code.
     * @throws IOException if the result folder cannot be written.
     */
    int of(Scenario scenario, Replay replay) throws IOException {
        Path folder = out == null ? freeFolder(scenario.text(ScenarioKey.NAME)) : out;
        PrintWriter console = spec.commandLine().getOut();
        try (Interruption interruption = Interruption.watch(folder, spec.commandLine().getErr())) {
            Comparison comparison =
                new CompareConfig(scenario, strategies, folder, Home.path(), rerunCommand(spec), replay)
                    .prepare(line -> {
                        console.println(line);
                        console.flush();
                    });
            interruption.ends(comparison::cancel);
            Comparison.Status status = run(comparison, console);
            Summary summary = Reports.write(folder);
            console.println();
            console.print(Reports.brief(summary));
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

    /** A folder below results/ that does not exist yet. */
    static Path freeFolder(String name) {
        Path results = Path.of("results");
        Path folder = results.resolve(name);
        for (int number = 2; Files.exists(folder); number++) {
            folder = results.resolve(name + "-" + number);
        }
        return folder;
    }

    /** The command line of a command, without its result folder. */
    static String rerunCommand(CommandSpec spec) {
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
            .map(ComparisonRun::quoted)
            .collect(Collectors.joining(" ", prefix + "./steward ", ""));
    }

    /** As a POSIX shell takes it. */
    private static String quoted(String argument) {
        return argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
