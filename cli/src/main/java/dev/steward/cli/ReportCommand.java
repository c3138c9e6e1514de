package dev.steward.cli;

import dev.steward.reports.Reports;
import dev.steward.reports.folder.UnreadableResultsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes the reports of a result folder anew, also of one whose run was interrupted.
 */
@Command(
    name = "report",
    description = "Write report.txt and report.html of a result folder anew, also of an interrupted run.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Result folder, for example results/default.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Reports.write(folder);
        } catch (UnreadableResultsException e) {
            spec.commandLine().getErr().println("steward: " + e.getMessage());
            return ExitCode.USAGE;
        } catch (IOException e) {
            spec.commandLine().getErr()
                .println("steward: " + folder + ": reports cannot be written: " + e.getMessage());
            return ExitCode.FAILED;
        }
        out.println(folder.resolve("report.txt"));
        out.println(folder.resolve("report.html"));
        out.flush();
        return ExitCode.OK;
    }
}
