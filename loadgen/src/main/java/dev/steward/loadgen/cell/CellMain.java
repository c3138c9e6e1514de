package dev.steward.loadgen.cell;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.catalog.Strategies;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.outlier.JvmLog;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Placement;
import dev.steward.loadgen.record.ThreadWatch;
import dev.steward.loadgen.replay.ReplayTrace;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CellRecord;
import dev.steward.strategy.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Entry point of a cell's JVM: reads its {@link CellSpec} as one line of JSON, runs it, writes its two files.
 *
 * <p>Exit code 0: both files are written, whether the cell is valid or not. 1: it could not be run; the reason stands
 * in the output behind {@link #REASON_PREFIX}. The JVM also ends when standard input closes: the parent is gone then.
 */
public final class CellMain {
    /** Marks the reason among what the JVM itself prints, such as warnings and the options it picked up. */
    public static final String REASON_PREFIX = "cell failed: ";

    private static final int FAILED = 1;

    private CellMain() {
    }

    /**
     * Runs the cell.
     *
     * @param args none.
     */
    public static void main(String[] args) {
        try {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = input.readLine();
            if (line == null) {
                System.exit(FAILED);
            }
            endWithParent(input);
            run(new ObjectMapper().readValue(line, CellSpec.class));
            System.exit(0);
        } catch (Exception | OutOfMemoryError e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage().lines().findFirst().orElse("");
            System.out.println(REASON_PREFIX + reason);
            e.printStackTrace(System.out);
            System.exit(FAILED);
        }
    }

    private static void endWithParent(BufferedReader input) {
        Thread watcher = new Thread(() -> {
            try {
                while (input.read() >= 0) {
                    // nothing more is ever sent; the end is what this thread waits for
                    continue;
                }
            } catch (IOException e) {
                // a broken pipe is an end, too
                JvmLog.abandon();
                Runtime.getRuntime().halt(FAILED);
            }
            JvmLog.abandon();
            Runtime.getRuntime().halt(FAILED);
        }, "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    static void run(CellSpec spec) throws IOException {
        Clock clock = Clock.SYSTEM;
        run(spec, clock, strategy(spec.strategy()), true);
    }

    /** A strategy by the name that the parent has checked. */
    static Strategy strategy(String name) {
        return Strategies.byName(name)
            .orElseThrow(() -> new IllegalStateException("no strategy is called '" + name + "'"));
    }

    /** Runs a cell in a JVM that has run in, and writes its two files. */
    static void measure(CellSpec spec, Clock clock, Strategy strategy) throws IOException {
        run(spec, clock, strategy, false);
    }

    private static void run(CellSpec spec, Clock clock, Strategy strategy, boolean rehearse) throws IOException {
        Scenario scenario = Scenario.ofSettings(spec.settings());
        EventLog log = spec.eventsFile() == null ? null : EventLog.load(Path.of(spec.eventsFile()));
        ReplayTrace trace = spec.traceFile() == null ? null : ReplayTrace.open(Path.of(spec.traceFile()));
        StreamPlan streams = trace == null ? StreamPlan.of(scenario, log) : StreamPlan.ofTrace(scenario, trace);
        boolean ring = spec.path().equals(CellSpec.RING);
        Workloads workloads = trace == null
            ? new Workloads(scenario, log, streams, spec.repeat())
            : Workloads.replaying(scenario, trace, streams, spec.repeat());
        if (rehearse) {
            Rehearsal.play(clock, scenario, log, streams, strategy, ring);
        }
        // Now rather than in the measured window.
        System.gc();
        Placement placement = Cell.placement(scenario, ring);
        List<CellRecord.Placement> probes = new ArrayList<>(PlacementProbe.measure(clock, "before", placement));
        boolean watched = scenario.text(ScenarioKey.COUNTERS).equals("yes");
        if (watched) {
            ThreadWatch.rehearse();
        }
        ProcessorTimes timesBefore = ProcessorTimes.now();
        try (Cell cell = new Cell(clock, scenario, workloads, streams, strategy, ring)) {
            if (watched) {
                cell.watched();
            }
            cell.run();
            ProcessorTimes timesAfter = ProcessorTimes.now();
            probes.addAll(PlacementProbe.measure(clock, "after", placement));
            new CellWriter(
                spec, strategy.description().quiescence(), Long.getLong(CellSpec.LAUNCHED_AT_MS, cell.startedAtMs()),
                timesAfter.stealShareSince(timesBefore), probes).write(cell);
        }
    }
}
