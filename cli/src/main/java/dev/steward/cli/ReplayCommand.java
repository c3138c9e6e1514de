package dev.steward.cli;

import dev.steward.loadgen.run.Replay;
import dev.steward.loadgen.run.ReplayConfig;
import dev.steward.loadgen.run.ReplayConfig.Setting;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays kernel logs as storm and churn, with their timing, and compares strategies under them. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
        "Compare locking strategies under the faults and attach operations of kernel logs; writes a result folder.",
        "Read: SMMUv3 events (raw words or decoded), text of the iommu tracepoints, Intel DMAR faults, AMD-Vi events, "
            + "IOMMU group lines; plain, gzip or zstd."})
final class ReplayCommand extends RunCommand {
    @Parameters(arity = "1..*", paramLabel = "LOG",
        description = "Kernel logs, played one after the other; - for standard input.")
    private List<Path> logs;

    @Mixin
    private StrategyOption strategies;

    @Option(names = "--speed", paramLabel = "FACTOR",
        description = "How many times faster than the logs (default: 1).")
    private String speed;

    @Option(names = "--loop", negatable = true,
        description = "Begin anew at the end of the logs, or not (default: only if they last less than 1 s).")
    private Boolean loop;

    @Option(names = "--gap", paramLabel = "TIME",
        description = "Gap between records where no clock tells (default: 1ms).")
    private String gap;

    @Option(names = "--max-gap", paramLabel = "TIME",
        description = "Shorten longer pauses to this (default: keep them).")
    private String maxGap;

    @Option(names = "--dry-run", description = "Say what would be played and what not, and run nothing.")
    private boolean dryRun;

    @Mixin
    private SettingOptions settings;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Result folder, new, empty, or of an interrupted run of the same, which goes on (default: "
            + "results/replay, numbered if that exists).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        ReplayConfig config = new ReplayConfig(
            logs,
            strategies.names(),
            loop,
            Stream.concat(settings.settings().stream(), Stream.of(
                new Setting(ScenarioKey.REPLAY_SPEED, speed, "--speed"),
                new Setting(ScenarioKey.REPLAY_GAP, gap, "--gap"),
                new Setting(ScenarioKey.REPLAY_MAX_GAP, maxGap, "--max-gap"))).toList(),
            settings.overrides());
        try (Replay replay = config.load()) {
            replay.lines().forEach(dryRun ? this::say : this::tell);
            return dryRun ? ExitCode.OK : compare(replay.scenario(), strategies.names(), replay, null, out, Set.of());
        }
    }
}
