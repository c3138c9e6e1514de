package dev.steward.cli;

import dev.steward.loadgen.log.KernelMessages;
import dev.steward.loadgen.run.ResultFolders;
import dev.steward.reports.ReportFormat;
import dev.steward.reports.Reports;
import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.transfer.Transfer;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes reports of result folders anew, also of runs that were interrupted, and puts several folders side by side. */
@Command(
    name = "report",
    description = {
        "Write reports of result folders anew, also of interrupted runs.",
        "Repeats of one scenario on one host are put together; other hosts and other scenarios stand apart. With "
            + "several folders the reports go to a folder of their own."
    })
final class ReportCommand extends SuiteCommand {
    private static final String ALL = "all";

    @Parameters(paramLabel = "DIR", arity = "0..*",
        description = "Result folders, for example results/default (default: the newest below results/).")
    private List<Path> named = List.of();

    @Option(names = "--format", paramLabel = "NAME", split = ",",
        description = "txt, html, md, csv, benchfmt, jmh, openmetrics or all; default: txt,html.")
    private List<String> formats = List.of("txt", "html");

    @Option(names = "--with", paramLabel = "FILE", arity = "1..*",
        description = "Results of other tools to show beside: kernel log of refscale, rcuscale or locktorture, JSON of "
            + "JMH, HdrHistogram log; or a transfer, its folder or file.")
    private List<Path> others = List.of();

    @Option(names = "--out", paramLabel = "FOLDER",
        description = "Where the reports go; default: the folder itself, or with several a new one below results/.")
    private Path out;

    private List<Path> folders;

    @Override
    public Integer call() throws IOException {
        if (out != null && out.toString().isEmpty()) {
            throw refusal("--out: is empty; name a folder");
        }
        Set<ReportFormat> outputs = outputs();
        folders = foldersOrNewest(named);
        RunSet runs = RunSet.read(folders);
        List<ForeignResult> foreign = new ArrayList<>();
        List<Transfer> transfers = new ArrayList<>();
        for (Path other : others) {
            if (Transfers.isOne(other)) {
                transfers.add(Transfers.read(other));
                continue;
            }
            try {
                foreign.addAll(ForeignResult.read(other, KernelMessages::read));
            } catch (IOException e) {
                throw new UnreadableResultsException(e.getMessage(), e);
            }
        }
        runs.unreadable().forEach(line -> complain("skipped: " + line));
        return write(runs.confirmedBy(Home.transfers()).beside(transfers).with(foreign),
            outputs);
    }

    private int write(RunSet runs, Set<ReportFormat> outputs) throws IOException {
        Path folder = out != null ? out : folders.size() == 1 ? folders.get(0) : RunCommand.freeFolder("report");
        ResultFolders.requireWritable(folder);
        try {
            for (Path file : Reports.write(runs, folder, outputs)) {
                say(file);
            }
        } catch (IOException e) {
            complain(folder + ": reports cannot be written: " + Complaints.reason(e));
            return ExitCode.FAILED;
        }
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
                .orElseThrow(() -> refusal("--format: unknown format '" + format
                    + "'; allowed: " + EnumSet.allOf(ReportFormat.class).stream().map(ReportFormat::commandName)
                    .collect(Collectors.joining(", ")) + ", " + ALL)));
        }
        return outputs;
    }
}
