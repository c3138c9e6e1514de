package dev.steward.cli;

import dev.steward.reports.folder.ResultFolder;
import dev.steward.reports.folder.UnreadableResultsException;
import dev.steward.reports.history.HistoryException;
import dev.steward.reports.history.HistoryStore;
import dev.steward.reports.history.PastRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Keeps runs; a folder that cannot be read does not stop the others.
 */
@Command(name = "add", description = "Keep the figures of finished runs; a run that is there already is left alone.")
final class HistoryAddCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Result folders.")
    private List<Path> folders;

    @Option(names = "--host", paramLabel = "NAME",
        description = "Machine they were made on (default: its processor and cores). Machines are kept apart.")
    private String host;

    @ParentCommand
    private HistoryCommand history;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int refused = 0;
        int others = 0;
        try (HistoryStore store = HistoryStore.openOrCreate(history.store())) {
            for (Path folder : folders) {
                if (folders.size() > 1 && Files.isDirectory(folder)
                    && !Files.exists(folder.resolve(ResultFolder.MANIFEST))) {
                    // results/* also holds what searches, sweeps and debates have left.
                    out.println(folder + ": skipped, it is no result of a comparison");
                    others++;
                    continue;
                }
                try {
                    PastRun run = PastRun.read(folder, host);
                    out.println(folder + ": run " + run.id() + (store.add(run) ? " kept" : " was there already"));
                } catch (UnreadableResultsException e) {
                    spec.commandLine().getErr().println("steward: " + e.getMessage());
                    refused++;
                }
            }
        } catch (HistoryException e) {
            spec.commandLine().getErr().println("steward: " + e.getMessage());
            return ExitCode.USAGE;
        }
        out.flush();
        if (refused + others == folders.size()) {
            return ExitCode.USAGE;
        }
        return refused == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
