package dev.steward.cli;

import dev.steward.reports.TerminalReport;
import dev.steward.reports.document.ShowDocument;
import dev.steward.reports.summary.RunSet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the figures of result folders in the terminal. */
@Command(
    name = "show",
    description = {
        "Show the figures of result folders in the terminal.",
        "Colour in a terminal only, and not if NO_COLOR is set."
    })
final class ShowCommand extends SuiteCommand {
    private static final int WIDTH_WITHOUT_TERMINAL = 80;

    @Parameters(paramLabel = "DIR", arity = "0..*",
        description = "Result folders, for example results/default (default: the newest below results/).")
    private List<Path> named = List.of();

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.ofLauncher();
        RunSet runs = RunSet.read(foldersOrNewest(named)).confirmedBy(Home.transfers());
        runs.unreadable().forEach(line -> complain("skipped: " + line));
        if (json.wanted()) {
            printJson(ShowDocument.of(runs));
            return ExitCode.OK;
        }
        print(TerminalReport.of(runs, terminal.present() ? terminal.columns() - 1 : WIDTH_WITHOUT_TERMINAL,
            terminal.colours(), Charset.defaultCharset().equals(StandardCharsets.UTF_8)));
        return ExitCode.OK;
    }
}
