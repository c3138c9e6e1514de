package dev.steward.cli;

import dev.steward.reports.HistoryReport;
import dev.steward.reports.history.HistoryException;
import dev.steward.reports.history.HistoryStore;
import dev.steward.reports.history.Series;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Shows the figures of a history over time.
 */
@Command(name = "show", sortOptions = false,
    description = "Show each figure over the runs, with the runs at which it changed for good.")
final class HistoryShowCommand implements Callable<Integer> {
    @Option(names = "--strategy", paramLabel = "NAME", split = ",", description = "Only these (default: all).")
    private List<String> strategies = List.of();

    @Option(names = "--figure", paramLabel = "FIGURE", split = ",",
        description = "Only these: event.p50, event.p99, event.p99.9, the same of attach (default: all).")
    private List<String> figures = List.of();

    @ParentCommand
    private HistoryCommand history;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (HistoryStore store = HistoryStore.open(history.store())) {
            List<Series> wanted = store.series().stream()
                .filter(series -> strategies.isEmpty() || strategies.contains(series.strategy()))
                .filter(series -> figures.isEmpty() || figures.contains(series.figure().replace(' ', '.')))
                .toList();
            if (wanted.isEmpty()) {
                spec.commandLine().getErr().println("steward: " + history.store() + ": holds no such figure");
                return ExitCode.USAGE;
            }
            spec.commandLine().getOut().print(HistoryReport.show(wanted, knowsBlocks()));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (HistoryException e) {
            spec.commandLine().getErr().println("steward: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private static boolean knowsBlocks() {
        return Charset.defaultCharset().newEncoder().canEncode('\u2588');
    }
}
