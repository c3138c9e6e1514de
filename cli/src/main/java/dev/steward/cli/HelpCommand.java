package dev.steward.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the help of a command, as its {@code --help} does. */
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand extends SuiteCommand {
    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "Command (default: what all have in common).")
    private String name;

    @Override
    public Integer call() {
        CommandLine root = spec().parent().commandLine();
        CommandLine wanted = name == null ? root : root.getSubcommands().get(name);
        if (wanted == null) {
            throw refusal("unknown command '" + name + "'; allowed: "
                + String.join(", ", root.getSubcommands().keySet()));
        }
        print(wanted.getUsageMessage());
        return ExitCode.OK;
    }
}
