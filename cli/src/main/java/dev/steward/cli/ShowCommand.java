package dev.steward.cli;

import dev.steward.reports.TerminalReport;
import dev.steward.reports.folder.UnreadableResultsException;
import dev.steward.reports.summary.RunSet;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows the figures of result folders in the terminal.
 */
@Command(
    name = "show",
    description = {
        "Show the figures of result folders in the terminal.",
        "Colour in a terminal only, and not if NO_COLOR is set."
    })
final class ShowCommand implements Callable<Integer> {
    private static final int WIDTH_WITHOUT_TERMINAL = 80;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Result folders, for example results/default.")
    private List<Path> folders;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofLauncher();
        try {
            RunSet runs = RunSet.read(folders);
            runs.unreadable().forEach(line -> spec.commandLine().getErr().println("steward: skipped: " + line));
            spec.commandLine().getOut().print(TerminalReport.of(runs,
                terminal.present() ? terminal.columns() - 1 : WIDTH_WITHOUT_TERMINAL, terminal.colours(),
                Charset.defaultCharset().equals(StandardCharsets.UTF_8)));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (UnreadableResultsException e) {
            spec.commandLine().getErr().println("steward: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }
}
