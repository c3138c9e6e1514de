package dev.steward.cli;

import dev.steward.reports.ReportFormat;
import dev.steward.reports.Reports;
import dev.steward.reports.folder.UnreadableResultsException;
import dev.steward.reports.foreign.ForeignResult;
import dev.steward.reports.summary.RunSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes reports of result folders anew, also of runs that were interrupted, and puts several folders side by side.
 */
@Command(
    name = "report",
    description = {
        "Write reports of result folders anew, also of interrupted runs.",
        "Repeats of one scenario on one host are put together; other hosts and other scenarios stand apart. With "
            + "several folders the reports go to a folder of their own."
    })
final class ReportCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Result folders, for example results/default.")
    private List<Path> folders;

    @Option(names = "--format", paramLabel = "NAME", split = ",",
        description = "txt, html, md, csv, benchfmt, jmh, openmetrics or all; default: txt,html.")
    private List<String> formats = List.of("txt", "html");

    @Option(names = "--with", paramLabel = "FILE", arity = "1..*",
        description = "Results of other tools to show beside: kernel log of refscale, rcuscale or locktorture, JSON of "
            + "JMH, HdrHistogram log.")
    private List<Path> others = List.of();

    @Option(names = "--out", paramLabel = "FOLDER",
        description = "Where the reports go; default: the folder itself, or with several a new one below results/.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Set<ReportFormat> outputs = outputs();
        PrintWriter err = spec.commandLine().getErr();
        RunSet runs;
        try {
            runs = RunSet.read(folders);
        } catch (UnreadableResultsException e) {
            err.println("steward: " + e.getMessage());
            return ExitCode.USAGE;
        }
        List<ForeignResult> foreign = new ArrayList<>();
        for (Path other : others) {
            try {
                foreign.addAll(ForeignResult.read(other));
            } catch (IOException e) {
                err.println("steward: " + e.getMessage());
                return ExitCode.USAGE;
            }
        }
        runs.unreadable().forEach(line -> err.println("steward: skipped: " + line));
        return write(runs.with(foreign), outputs);
    }

    private int write(RunSet runs, Set<ReportFormat> outputs) {
        Path folder = out != null ? out : folders.size() == 1 ? folders.get(0) : ComparisonRun.freeFolder("report");
        try {
            Files.createDirectories(folder);
            for (Path file : Reports.write(runs, folder, outputs)) {
                spec.commandLine().getOut().println(file);
            }
        } catch (IOException e) {
            spec.commandLine().getErr()
                .println("steward: " + folder + ": reports cannot be written: " + e.getMessage());
            return ExitCode.FAILED;
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private Set<ReportFormat> outputs() {
        Set<ReportFormat> outputs = EnumSet.noneOf(ReportFormat.class);
        for (String format : formats) {
            if (format.equalsIgnoreCase(ALL)) {
                return EnumSet.allOf(ReportFormat.class);
            }
            outputs.add(EnumSet.allOf(ReportFormat.class).stream()
                .filter(output -> output.commandName().equals(format.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "--format: unknown format '" + format
                    + "'; allowed: " + EnumSet.allOf(ReportFormat.class).stream().map(ReportFormat::commandName)
                    .collect(Collectors.joining(", ")) + ", " + ALL)));
        }
        return outputs;
    }
}
