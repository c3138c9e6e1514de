package dev.steward.cli;

import dev.steward.strategy.Contestant;
import dev.steward.strategy.Contestants;
import dev.steward.strategy.StrategyInfo;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Lists the contestants with what a driver author wants to know of each.
 */
@Command(
    name = "strategies",
    description = "List the strategies: nearest kernel primitive, where it may be used, what it cannot model.")
final class StrategiesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Contestant contestant : Contestants.all()) {
            StrategyInfo info = contestant.info();
            out.printf("%s: %s%n", info.name(), info.title());
            out.printf("    kernel:        %s%n", info.kernelPrimitive());
            out.printf("    context:       %s%n", info.context());
            out.printf("    reader writes: %s%n", info.readerWrites());
            out.printf("    not modelled:  %s%n", info.notModelled());
        }
        out.flush();
        return ExitCode.OK;
    }
}
