package dev.steward.cli;

import dev.steward.loadgen.scenario.ScenarioException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * Entry point and root command.
 */
@Command(
    name = "steward",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Which lock should guard the way from a stream table entry to its vIOMMU?",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Exit codes: 0 done, 1 run failed or interrupted (what was measured is kept), 2 usage."},
    subcommands = {
        CompareCommand.class, ReportCommand.class, ScenariosCommand.class, StrategiesCommand.class, DecodeCommand.class
    })
public final class Steward {
    private Steward() {
    }

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param args command line.
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Steward())
            .setUsageHelpWidth(80)
            .setParameterExceptionHandler(Steward::onUsageError)
            .setExecutionExceptionHandler(Steward::onFailure);
    }

    private static int onUsageError(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        String message = e.getMessage().lines().findFirst().orElse("wrong usage");
        err.println("steward: " + message + " ('./steward " + path(e.getCommandLine()) + "--help' tells more)");
        err.flush();
        return ExitCode.USAGE;
    }

    private static String path(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    private static int onFailure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("steward: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        command.getErr().flush();
        return e instanceof ScenarioException ? ExitCode.USAGE : ExitCode.FAILED;
    }
}
