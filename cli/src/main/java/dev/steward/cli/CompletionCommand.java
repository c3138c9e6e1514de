package dev.steward.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints a script with which a shell completes commands and options. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in bash and zsh.",
    footer = {"", "For this shell: source <(" + Steward.COMMAND + " completion)"})
final class CompletionCommand extends SuiteCommand {
    @Override
    public Integer call() {
        print(AutoComplete.bash("steward", spec().parent().commandLine()));
        return ExitCode.OK;
    }
}
