package dev.steward.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Model.CommandSpec;

/** The module with the kernel's own locks: each step is a command of its own. */
@Command(
    name = "kernel",
    synopsisSubcommandLabel = "COMMAND",
    description = {
        "Measure the kernel's own locks with the module stewardscale: build it, run it as root, read what it printed.",
        "Nothing else needs it."
    },
    subcommands = {KernelBuildCommand.class, KernelRunCommand.class, KernelReadCommand.class})
final class KernelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** A command is needed: says which there are. */
    @Override
    public void run() {
        throw new ParameterException(
            spec.commandLine(), "name a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
