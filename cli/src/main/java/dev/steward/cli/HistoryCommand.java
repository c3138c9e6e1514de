package dev.steward.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The history of past runs; its commands do the work.
 */
@Command(
    name = "history",
    description = "Keep the figures of past runs in one file, and find where they changed for good.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {HistoryAddCommand.class, HistoryListCommand.class, HistoryShowCommand.class},
    footer = {"", "Exit codes: 0 done, 1 part of it failed, 2 the history or a folder is not usable."})
final class HistoryCommand implements Runnable {
    @Option(names = "--store", paramLabel = "FILE", defaultValue = "results/history.db", scope = ScopeType.INHERIT,
        description = "The history (default: ${DEFAULT-VALUE}).")
    private Path store;

    @Spec
    private CommandSpec spec;

    /** A command is needed: says which there are. */
    @Override
    public void run() {
        throw new ParameterException(
            spec.commandLine(), "name a command: " + String.join(", ", spec.subcommands().keySet()));
    }

    Path store() {
        return store;
    }
}
