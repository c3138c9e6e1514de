package dev.steward.loadgen.run;

import dev.steward.loadgen.log.EventLogException;
import dev.steward.loadgen.replay.ReplayLoad;
import dev.steward.loadgen.replay.ReplayTrace;
import dev.steward.loadgen.replay.TraceMaker;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.ReplaySummary;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code replay} was asked to play, and what follows from that and from the logs: streams, window, loop.
 *
 * @param strategies names of the strategies; empty means the default.
 * @param loop       whether to begin anew at the end, null to loop only if the logs are shorter than a window has to
 *                   be.
 * @param settings   settings that options set, by key, with the option's name.
 */
public record ReplayConfig(
    List<Path> logs, List<String> strategies, Boolean loop, List<Setting> settings, List<String> overrides) {
    /** All cells of a replay without further words together take about this long. */
    private static final long BUDGET_NS = 150_000_000_000L;
    /** JVM start, rehearsal and drain of a cell. */
    private static final long CELL_OVERHEAD_NS = 2_200_000_000L;
    private static final long MIN_WINDOW_NS = 1_000_000_000L;
    private static final long MAX_WINDOW_NS = 60_000_000_000L;
    /** What is due last must be able to start within the window. */
    private static final long TAIL_NS = 50_000_000;

    /**
     * A setting that an option sets.
     *
     * @param value  as the user wrote it, or null if the option was not given.
     */
    public record Setting(ScenarioKey key, String value, String option) {
    }

    /**
     * Reads the logs and decides how they are played.
     *
     * @return ready to play; to be closed.
     * @throws ScenarioException if a setting is not allowed or the logs hold nothing to play; one line, for a user.
     * @throws IOException       if the trace cannot be written.
     */
    public Replay load() throws IOException {
        Scenario asked = build(new ScenarioBuilder());
        long cells = (long) StrategyChoice.named(strategies).size() * CellPlan.paths(asked).size()
            * asked.count(ScenarioKey.REPEATS);
        TraceFile file = TraceFile.in(null);
        try {
            ReplaySummary summary = TraceMaker.make(
                logs, asked.durationNs(ScenarioKey.REPLAY_GAP), asked.durationNs(ScenarioKey.REPLAY_MAX_GAP),
                file.path());
            ReplayTrace trace = ReplayTrace.open(file.path());
            Scenario scenario = scenario(asked, trace, cells);
            ReplayLoad load = loadOf(scenario, trace);
            ReplayAdvice advice = new ReplayAdvice(trace, load, scenario, loop);
            if (load.windowEvents() == 0 && trace.events() > 0) {
                throw new ScenarioException(advice.none());
            }
            return new Replay(
                file, trace, summary, scenario, ReplayWords.lines(summary, load, scenario, cells, advice));
        } catch (EventLogException e) {
            file.close();
            throw new ScenarioException(e.getMessage());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static ReplayLoad loadOf(Scenario scenario, ReplayTrace trace) {
        long warmupNs = scenario.durationNs(ScenarioKey.WARMUP);
        return ReplayLoad.of(
            trace,
            scenario.decimal(ScenarioKey.REPLAY_SPEED),
            scenario.text(ScenarioKey.REPLAY_LOOP).equals("yes"),
            warmupNs,
            warmupNs + scenario.durationNs(ScenarioKey.DURATION));
    }

    private Scenario build(ScenarioBuilder builder) {
        for (Setting setting : settings) {
            if (setting.value != null) {
                builder.set(setting.key.key(), setting.value, setting.option);
            }
        }
        return builder.overrides(overrides).build();
    }

    /** What follows from the logs; what the user says overrides it. */
    private Scenario scenario(Scenario asked, ReplayTrace trace, long cells) {
        ScenarioBuilder builder = new ScenarioBuilder();
        String names = logs.stream().map(log -> log.getFileName().toString()).collect(Collectors.joining(", "));
        set(builder, ScenarioKey.NAME, "replay");
        set(builder, ScenarioKey.DESCRIPTION, "arrivals of " + Wording.oneLine(names));
        set(builder, ScenarioKey.REPLAY_LOGS, Wording.oneLine(names));
        int[] streamIds = trace.streamIds();
        int defaultStreams = Integer.parseInt(ScenarioKey.STREAMS.defaultValue());
        int perDevice = asked.count(ScenarioKey.STREAMS_PER_DEVICE);
        int devices = (Math.max(streamIds.length, defaultStreams) + perDevice - 1) / perDevice;
        set(builder, ScenarioKey.STREAMS, Integer.toString(devices * perDevice));
        set(builder, ScenarioKey.TABLE_SID_BITS, Integer.toString(sidBits(streamIds)));
        // The first record is the first of the window; the rehearsal has warmed the JVM up.
        set(builder, ScenarioKey.WARMUP, "0");
        long lengthNs = (long) (trace.lengthNs() / asked.decimal(ScenarioKey.REPLAY_SPEED));
        boolean loops = loop == null ? lengthNs < ReplayAdvice.LOOPS_BELOW_NS : loop;
        set(builder, ScenarioKey.REPLAY_LOOP, loops ? "yes" : "no");
        long budgetNs = Math.min(MAX_WINDOW_NS, Math.max(MIN_WINDOW_NS, BUDGET_NS / cells - CELL_OVERHEAD_NS));
        long windowNs = loops ? budgetNs : Math.min(budgetNs, lengthNs + TAIL_NS);
        set(builder, ScenarioKey.DURATION, windowNs / 1_000_000 + "ms");
        return build(builder);
    }

    private static int sidBits(int[] streamIds) {
        int bits = Integer.parseInt(ScenarioKey.TABLE_SID_BITS.defaultValue());
        for (int streamId : streamIds) {
            bits = Math.max(bits, Integer.SIZE - Integer.numberOfLeadingZeros(streamId));
        }
        return bits;
    }

    private static void set(ScenarioBuilder builder, ScenarioKey key, String value) {
        builder.set(key.key(), value, "replay");
    }
}
