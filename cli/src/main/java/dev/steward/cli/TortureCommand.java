package dev.steward.cli;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.loadgen.torture.TortureRun;
import dev.steward.strategy.Strategy;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Looks for broken promises of strategies, with readers and committers at once.
 */
@Command(
    name = "torture",
    sortOptions = false,
    description = "Torture strategies: readers and committers at once, all data checked; fails on a violation.")
final class TortureCommand implements Callable<Integer> {
    @Option(names = "--strategy", paramLabel = "NAME", split = ",",
        description = "Strategies, separated by commas, or all (default: all that are ranked).")
    private List<String> strategies = List.of();

    @Option(names = "--time", paramLabel = "TIME", defaultValue = "2s",
        description = "Time for each, with a unit: 500ms, 10s, 5min (default: ${DEFAULT-VALUE}).")
    private String time;

    @Option(names = "--readers", paramLabel = "N", defaultValue = "2",
        description = "Threads that read and report (default: ${DEFAULT-VALUE}).")
    private int readers;

    @Option(names = "--committers", paramLabel = "N", defaultValue = "2",
        description = "Threads that attach, a power of two (default: ${DEFAULT-VALUE}).")
    private int committers;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of all choices (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        return prepare(out).run() ? ExitCode.OK : ExitCode.FAILED;
    }

    private TortureRun prepare(PrintWriter out) {
        try {
            TortureRun.Options options = new TortureRun.Options(time, readers, committers, seed);
            return new TortureRun(strategies(), options, line -> {
                out.println(line);
                out.flush();
            });
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
    }

    private List<Strategy> strategies() {
        return strategies.isEmpty()
            ? Strategies.all().stream().filter(strategy -> strategy.description().ranked()).toList()
            : StrategyChoice.named(strategies);
    }
}
