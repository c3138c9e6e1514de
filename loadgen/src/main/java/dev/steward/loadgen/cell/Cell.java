package dev.steward.loadgen.cell;

import dev.steward.engine.smmu.FaultFence;
import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.loadgen.disturb.Disturber;
import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.guest.FaultReader;
import dev.steward.loadgen.guest.VmmReader;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.CellPart;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.DisturberPart;
import dev.steward.loadgen.record.HiccupMeter;
import dev.steward.loadgen.record.Placement;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.ThreadClasses;
import dev.steward.loadgen.record.ThreadWatch;
import dev.steward.loadgen.record.Threads;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.Randomness;
import dev.steward.results.CellRecord;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds the engine of a cell, drives storm, churn, VMM and invalidations on it, drains it, and leaves everything to be
 * judged. A process may run any number of cells, one after another: each has an engine and threads of its own, and
 * leaves neither behind.
 *
 * <p>Threading: {@link #run} on one thread, once; the results may be read afterwards.
 */
public final class Cell implements AutoCloseable {
    /** From the making of the schedule to the first possible arrival; a thread that starts later does so in warm-up. */
    private static final long THREADS_START_NS = 5_000_000;
    /** The histograms are made in that time, too; memory that is touched first goes at well over 0.5 GB/s. */
    private static final long NS_PER_RECORDER_BYTE = 2;
    /** In a short window a quarter of it would be no more than a hiccup. */
    private static final long LEAST_LATE_NS = 250_000_000;
    private static final long NS_PER_MS = 1_000_000;

    private final CellShared shared;
    private final LoadFrame frame;
    private final Placement placement;
    private final ThreadClasses classes;
    private final Threads threads;
    private final List<SmmuRun> smmus = new ArrayList<>();
    /** In the order in which they feed each other. */
    private final List<CellPart> parts = new ArrayList<>();
    private final long startedAtMs;
    private final long startDelayNs;
    private boolean ended = true;

    Cell(Clock clock, Scenario scenario, Workloads workloads, StreamPlan streams, Strategy strategy, boolean ring) {
        this(clock, scenario, workloads, streams, strategy, ring, Injection.NONE);
    }

    /**
     * Builds the engine of a cell.
     *
     * @param ring      through the event queue, or the handler on the storm's own schedule.
     */
    public Cell(
        Clock clock, Scenario scenario, Workloads workloads, StreamPlan streams, Strategy strategy, boolean ring,
        Injection injection) {
        this(clock, scenario, workloads, streams, strategy, ring, injection, LEAST_LATE_NS);
    }

    /** Builds one that gives up what is late after a time of its own. */
    Cell(
        Clock clock, Scenario scenario, Workloads workloads, StreamPlan streams, Strategy strategy, boolean ring,
        Injection injection, long leastLateNs) {
        shared = CellShared.of(clock, scenario, workloads.seed(), injection);
        placement = placement(scenario, ring);
        placement.bindJvm();
        List<SmmuSetup> setups = new ArrayList<>();
        for (int id = 0; id < scenario.count(ScenarioKey.SMMUS); id++) {
            int number = id;
            setups.add(placement.atHome(number, () -> new SmmuSetup(
                number, shared, streams, injection.strategy(strategy))));
        }
        injection.built(setups);
        classes = ThreadClasses.of(scenario, ring);
        threads = new Threads(placement, classes);
        Disturber disturber = new Disturber(
            Disturbance.parse(scenario.text(ScenarioKey.DISTURB)), Randomness.derive(workloads.seed(), "disturb"));
        startedAtMs = System.currentTimeMillis();
        startDelayNs = THREADS_START_NS + NS_PER_RECORDER_BYTE * CellMemory.recorderBytes(scenario);
        long startNs = clock.nowNs() + startDelayNs;
        long measureFromNs = startNs + scenario.durationNs(ScenarioKey.WARMUP);
        Window window = new Window(
            startNs, measureFromNs, measureFromNs + scenario.durationNs(ScenarioKey.DURATION), leastLateNs);
        injection.planned(window);
        frame = new LoadFrame(
            clock, scenario, workloads, ring, WaitPlan.choose(scenario, ring), window, new Recorders(window),
            injection, disturber);
        FaultReader faults = new FaultReader(
            clock, window, frame.recorders(), shared.faultQueues(),
            scenario.durationNs(ScenarioKey.VMM_RESPONSE_DELAY),
            FaultFence.of(scenario.text(ScenarioKey.FENCE)) != FaultFence.NONE);
        for (int id = 0; id < setups.size(); id++) {
            smmus.add(new SmmuRun(id, setups.get(id), frame, faults));
        }
        parts.addAll(smmus);
        parts.add(new VmmReader(
            clock, window, frame.recorders(), shared.queues(), frame.waits().vmmWokenByEvents(),
            scenario.durationNs(ScenarioKey.VMM_POLL), scenario.count(ScenarioKey.VMM_BATCH)));
        parts.add(faults);
        parts.add(new HiccupMeter(clock, window, frame.recorders()));
        if (!disturber.isIdle()) {
            threads.disturbedBy(disturber);
            parts.add(new DisturberPart(disturber));
        }
    }

    /** Where the threads of a cell run. */
    static Placement placement(Scenario scenario, boolean ring) {
        List<String> threads = new ArrayList<>();
        boolean churned = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
        for (int id = 0; id < scenario.count(ScenarioKey.SMMUS); id++) {
            threads.add("handler-" + id);
            if (ring) {
                threads.add("storm-" + id);
            }
            for (int thread = 0; churned && thread < scenario.count(ScenarioKey.CHURN_THREADS); thread++) {
                threads.add("churn-" + id + "-" + thread);
            }
            if (scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0) {
                threads.add("invalidate-" + id);
            }
        }
        threads.add("vmm");
        // It mostly sleeps: no reason to leave another thread without a CPU of its own.
        if (scenario.text(ScenarioKey.STALLS).equals("queue") && !scenario.text(ScenarioKey.PIN_VMM).equals("auto")) {
            threads.add("vmm-faults");
        }
        return Placement.of(scenario, threads);
    }

    /**
     * Runs the cell to its end, drain included. If it fails its threads are ended, whatever is left of the schedule.
     *
     * @throws IllegalStateException if a thread of it has failed.
     */
    public void run() {
        try {
            parts.forEach(part -> part.start(threads));
            parts.forEach(part -> part.stop(threads));
        } catch (RuntimeException | Error e) {
            threads.fail(e);
            parts.forEach(this::giveUp);
            throw e;
        } finally {
            ended = threads.end();
        }
    }

    private void giveUp(CellPart part) {
        try {
            part.stop(threads);
        } catch (RuntimeException e) {
            // The cell has failed already, and that is what its caller hears.
            threads.fail(e);
        }
    }

    /** Also watches how its threads run; before they do. */
    void watched() {
        // First, so that every thread is watched from its start.
        parts.add(0, new ThreadWatch(frame.clock(), frame.window(), placement));
    }

    /** What its parts have to say. */
    public CellReport report() {
        CellReport report = new CellReport(frame.window(), frame.recorders());
        parts.forEach(part -> part.addTo(report));
        shared.failures().addTo(report);
        return report;
    }

    /** How each of its threads waited. */
    List<CellRecord.Waiting> waiting() {
        List<CellRecord.Waiting> waiting = new ArrayList<>();
        frame.waits().lines().forEach(line -> waiting.add(new CellRecord.Waiting(line.getKey(), line.getValue())));
        classes.lines().forEach((role, words) -> waiting.add(new CellRecord.Waiting(role.label(), words)));
        if (!shared.faultQueues().all().isEmpty()) {
            waiting.add(new CellRecord.Waiting("vmm-faults", "sleeps until a fault comes or an answer is due"));
        }
        if (frame.scenario().ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0) {
            waiting.add(new CellRecord.Waiting("invalidate", "park"));
        }
        placement.lines().forEach((thread, where) -> waiting.add(new CellRecord.Waiting(thread, where)));
        waiting.add(new CellRecord.Waiting(
            "all", threads.timerSlackLowered() ? "timers on time (slack 1 ns)" : "timers late by the kernel's slack"));
        return waiting;
    }

    /**
     * Frees the tables and the guards; the collector frees the vEVENTQs. Frees nothing that a thread may still use, if
     * one has not ended.
     */
    @Override
    public void close() {
        if (!ended) {
            return;
        }
        shared.vmms().forEach(vmm -> vmm.context().close());
        smmus.forEach(smmu -> smmu.setup().smmu().close());
    }

    /** Where each of its threads ran. */
    Map<String, String> placement() {
        return placement.lines();
    }

    LoadFrame frame() {
        return frame;
    }

    List<SmmuRun> smmus() {
        return smmus;
    }

    /** What the threads recorded, by thread and tag. */
    public Recorders recorders() {
        return frame.recorders();
    }

    /** Wall-clock time, milliseconds since 1970. */
    long startedAtMs() {
        return startedAtMs;
    }

    /** Wall-clock time of the first possible arrival, milliseconds since 1970. */
    long firstArrivalMs() {
        return startedAtMs + startDelayNs / NS_PER_MS;
    }

    /** Wall-clock time of the start of the measured window, milliseconds since 1970. */
    long measureStartMs() {
        return startedAtMs + (startDelayNs + frame.scenario().durationNs(ScenarioKey.WARMUP)) / NS_PER_MS;
    }
}
