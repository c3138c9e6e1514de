package dev.steward.cli;

import dev.steward.reports.HistoryReport;
import dev.steward.reports.history.HistoryException;
import dev.steward.reports.history.HistoryStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Lists the runs of a history.
 */
@Command(name = "list", description = "List the runs, oldest first.")
final class HistoryListCommand implements Callable<Integer> {
    @ParentCommand
    private HistoryCommand history;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (HistoryStore store = HistoryStore.open(history.store())) {
            spec.commandLine().getOut().print(HistoryReport.list(store.runs()));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (HistoryException e) {
            spec.commandLine().getErr().println("steward: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }
}
