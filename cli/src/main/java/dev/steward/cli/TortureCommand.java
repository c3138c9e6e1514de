package dev.steward.cli;

import dev.steward.catalog.Strategies;
import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.loadgen.run.StrategyChoice;
import dev.steward.loadgen.torture.TortureHistory;
import dev.steward.loadgen.torture.TortureRun;
import dev.steward.results.TortureResult;
import dev.steward.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for broken promises of strategies, with readers and committers at once. */
@Command(
    name = "torture",
    sortOptions = false,
    description = "Torture strategies: readers and committers at once, all data checked; fails on a violation.",
    footer = {"",
        "Violations: torn, of two attachments; stale, replaced before the read began;",
        "late, still under way when its replacement had returned; lost; doubled."})
final class TortureCommand extends SuiteCommand {
    @Option(names = "--strategy", paramLabel = "NAME", split = ",",
        description = "Strategies, separated by commas, or all (default: all that are ranked).")
    private List<String> strategies = List.of();

    @Option(names = "--time", paramLabel = "TIME",
        description = "Time for each, with a unit: 500ms, 10s, 5min (default: 2s, and on, 60s at most, until a fault "
            + "of one event in 100,000 would have been seen).")
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

    @Option(names = "--disturb", paramLabel = "WHAT", defaultValue = "none",
        description = "Disturb the threads meanwhile: shuffle (other CPU), take-cpus (fewer CPUs), stutter (all stop), "
            + "boost (one runs first), jitter (late timers); several with commas, or all (default: ${DEFAULT-VALUE}).")
    private String disturb;

    @Option(names = "--save", paramLabel = "FILE",
        description = "Stop a strategy at its first broken promise, and save what all threads did last.")
    private Path save;

    @Option(names = "--replay", paramLabel = "FILE",
        description = "Run again what such a file tells of, until a promise is broken; "
            + "only --json and --save may stand beside it.")
    private Path replay;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        TortureRun run = prepare();
        if (!json.wanted()) {
            cannotRun().forEach(this::say);
            cannotDisturb().forEach(this::say);
        }
        TortureResult result;
        try (ProgressBelow progress = progressBelow(run.lengthMs())) {
            result = run.run(json.wanted() ? line -> { } : line -> progress.above(() -> say(line)));
        }
        if (json.wanted()) {
            printJson(result);
        }
        if (run.notSaved().isPresent()) {
            IOException why = run.notSaved().get();
            throw new IOException("--save: " + save + " was not written: " + why.getMessage(), why);
        }
        return result.failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private TortureRun prepare() {
        try {
            if (replay != null) {
                refuseBesideReplay();
                TortureHistory history = TortureHistory.read(replay);
                strategies = List.of(history.strategy());
                return new TortureRun(strategies(), history.options(), true, save);
            }
            return new TortureRun(
                strategies(), new TortureRun.Options(time, readers, committers, seed, disturbances()), save != null,
                save);
        } catch (IllegalArgumentException e) {
            throw refusal("--" + e.getMessage());
        }
    }

    /** The file has them, and what is not followed is not to be given. */
    private void refuseBesideReplay() {
        for (String option : List.of(
            "--strategy", "--time", "--readers", "--committers", "--seed", "--disturb")) {
            if (spec().commandLine().getParseResult().hasMatchedOption(option)) {
                throw refusal(option + ": not allowed beside --replay, whose file has it");
            }
        }
    }

    private List<Strategy> strategies() {
        return strategies.isEmpty()
            ? ranked(Strategies.runnable()) : StrategyChoice.named(strategies);
    }

    private List<String> cannotRun() {
        return strategies.isEmpty()
            ? Strategies.cannotRun(ranked(Strategies.all())) : StrategyChoice.cannotRun(strategies);
    }

    private Set<Disturbance> disturbances() {
        if (allDisturbances()) {
            return Arrays.stream(Disturbance.values()).filter(one -> one.refusal().isEmpty())
                .collect(Collectors.toSet());
        }
        return Disturbance.named(disturb, StrategyChoice.ALL);
    }

    private boolean allDisturbances() {
        return disturb.equals(StrategyChoice.ALL);
    }

    /** What "all" leaves out here, and why. */
    private List<String> cannotDisturb() {
        return !allDisturbances() ? List.of() : Arrays.stream(Disturbance.values()).flatMap(one ->
            one.refusal().map(why -> "left out: " + one.word() + ", " + why).stream()).toList();
    }

    private static List<Strategy> ranked(List<Strategy> strategies) {
        return strategies.stream().filter(strategy -> strategy.description().ranked()).toList();
    }
}
