package dev.steward.loadgen.cell;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.EventThread;
import dev.steward.loadgen.guest.FaultQueues;
import dev.steward.loadgen.guest.FaultReader;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.guest.VmmQueues;
import dev.steward.loadgen.guest.VmmReader;
import dev.steward.loadgen.load.ChurnLoad;
import dev.steward.loadgen.load.HandlerProbe;
import dev.steward.loadgen.load.InvalidationLoad;
import dev.steward.loadgen.load.Pacer;
import dev.steward.loadgen.load.QueueSink;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.SteObserver;
import dev.steward.loadgen.load.StormLoad;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.HiccupMeter;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.Quiescence;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Builds the engine of a cell, drives storm, churn, VMM and invalidations on it, drains it, and leaves everything to be
 * judged.
 *
 * <p>Threading: {@link #run} on one thread, once; the results may be read afterwards.
 */
public final class Cell implements AutoCloseable {
    /** From the making of the schedule to the first possible arrival: the threads are all waiting by then. */
    private static final long THREADS_START_NS = 20_000_000;
    /** The histograms are made in that time, too; memory that is touched first goes at well over 0.5 GB/s. */
    private static final long NS_PER_RECORDER_BYTE = 2;

    private final Clock clock;
    private final Scenario scenario;
    private final Workloads workloads;
    private final boolean ring;
    private final Quiescence quiescence;
    private final WaitPlan waitPlan;
    private final Window window;
    private final Recorders recorders;
    private final VmmReader vmm;
    private final FaultReader faults;
    private final SmmuSetup.Host host;
    private final List<SmmuSetup> beds = new ArrayList<>();
    private final List<GuestFigures> guests = new ArrayList<>();
    private final List<EventThread> handlers = new ArrayList<>();
    private final List<SteObserver> views = new ArrayList<>();
    private final List<StormLoad> storms = new ArrayList<>();
    private final List<ChurnLoad> churns = new ArrayList<>();
    private final List<InvalidationLoad> invalidations = new ArrayList<>();
    private final Threads threads = new Threads();
    private final long startupMs;
    private final long startedAtMs;
    private final long startDelayNs;
    private final List<StalledTransactions> stalled = new ArrayList<>();
    private final Injection injection;
    private final List<HandlerProbe> handlerProbes = new ArrayList<>();
    private final HiccupMeter hiccupMeter;

    Cell(Clock clock, Scenario scenario, Workloads workloads, StreamPlan streams, Strategy strategy, boolean ring) {
        this(clock, scenario, workloads, streams, strategy, ring, Injection.NONE);
    }

    /**
     * Builds the engine of a cell.
     *
     * @param clock     to measure by.
     * @param scenario  complete.
     * @param workloads of the scenario.
     * @param streams   that the storm hits.
     * @param strategy  whose guards are used.
     * @param ring      through the event queue, or the handler on the storm's own schedule.
     * @param injection disturbs the cell on purpose.
     */
    public Cell(
        Clock clock,
        Scenario scenario,
        Workloads workloads,
        StreamPlan streams,
        Strategy strategy,
        boolean ring,
        Injection injection) {
        this.injection = injection;
        quiescence = strategy.description().quiescence();
        this.clock = clock;
        this.scenario = scenario;
        this.workloads = workloads;
        this.ring = ring;
        int smmus = scenario.count(ScenarioKey.SMMUS);
        waitPlan = WaitPlan.choose(
            ring,
            Runtime.getRuntime().availableProcessors(),
            smmus,
            scenario.text(ScenarioKey.VMM_WAKE),
            scenario.durationNs(ScenarioKey.VMM_POLL));
        VmmQueues queues = new VmmQueues(clock);
        Iommufd iommufd = new Iommufd();
        host = new SmmuSetup.Host(iommufd, iommufd.open(), new ReentrantLock(), queues, new FaultQueues());
        for (int id = 0; id < smmus; id++) {
            beds.add(new SmmuSetup(id, scenario, streams, injection.strategy(strategy), host, clock));
        }
        startedAtMs = System.currentTimeMillis();
        startDelayNs = THREADS_START_NS + NS_PER_RECORDER_BYTE * CellMemory.recorderBytes(scenario);
        long startNs = clock.nowNs() + startDelayNs;
        long measureFromNs = startNs + scenario.durationNs(ScenarioKey.WARMUP);
        window = new Window(startNs, measureFromNs, measureFromNs + scenario.durationNs(ScenarioKey.DURATION));
        beds.forEach(bed -> guests.add(bed.newGuestFigures(window)));
        injection.planned(window);
        recorders = new Recorders(window);
        hiccupMeter = new HiccupMeter(clock, window, recorders);
        vmm = new VmmReader(
            clock,
            window,
            recorders,
            queues,
            waitPlan.vmmWokenByEvents(),
            scenario.durationNs(ScenarioKey.VMM_POLL),
            scenario.count(ScenarioKey.VMM_BATCH));
        faults = new FaultReader(
            clock, window, recorders, host.faultQueues(), scenario.durationNs(ScenarioKey.VMM_RESPONSE_DELAY));
        for (SmmuSetup bed : beds) {
            StalledTransactions ofBed =
                new StalledTransactions(clock, scenario.count(ScenarioKey.EVENTQ_MAX_STALLS), faults);
            bed.smmu().onResume(ofBed);
            stalled.add(ofBed);
        }
        startupMs = startedAtMs + startDelayNs / 1_000_000 - Long.getLong(CellSpec.LAUNCHED_AT_MS, startedAtMs);
    }

    /** Runs the cell to its end, drain included. */
    public void run() {
        Thread vmmThread = threads.start("vmm", vmm);
        Thread faultThread = host.faultQueues().all().isEmpty() ? null : threads.start("vmm-faults", faults);
        Thread hiccupThread = threads.start("hiccup", hiccupMeter);
        List<Thread> churnThreads = startChurn();
        List<Thread> invalidationThreads = startInvalidations();
        if (ring) {
            runRing();
        } else {
            runInline();
        }
        churnThreads.forEach(threads::join);
        invalidationThreads.forEach(threads::join);
        vmm.stop();
        threads.join(vmmThread);
        if (faultThread != null) {
            faults.stop();
            threads.join(faultThread);
        }
        threads.join(hiccupThread);
    }

    private List<Thread> startChurn() {
        List<Thread> started = new ArrayList<>();
        if (scenario.ratePerSecond(ScenarioKey.CHURN_RATE) == 0) {
            return started;
        }
        for (int id = 0; id < beds.size(); id++) {
            for (int i = 0; i < scenario.count(ScenarioKey.CHURN_THREADS); i++) {
                ChurnLoad churn = beds.get(id).newChurnLoad(clock, window, recorders, workloads.churn(id, i), i);
                churns.add(churn);
                started.add(threads.start("churn-" + id + "-" + i, churn));
            }
        }
        return started;
    }

    private List<Thread> startInvalidations() {
        List<Thread> started = new ArrayList<>();
        for (int id = 0; id < beds.size() && scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0; id++) {
            InvalidationLoad load = new InvalidationLoad(
                clock, window, workloads.invalidations(id), beds.get(id).newInvalidationArray(), recorders);
            invalidations.add(load);
            started.add(threads.start("invalidate-" + id, load));
        }
        return started;
    }

    private void runRing() {
        List<Thread> handlerThreads = new ArrayList<>();
        List<Thread> stormThreads = new ArrayList<>();
        for (int id = 0; id < beds.size(); id++) {
            SmmuSetup bed = beds.get(id);
            EventThread handler = bed.smmu().eventThread(newProbe(id), waitPlan.handlerSpins());
            handlers.add(handler);
            handlerThreads.add(threads.start("handler-" + id, handler));
            QueueSink taker = new QueueSink(bed.smmu().eventQueue(), guests.get(id)::notWritten);
            StormLoad storm = newStorm(id, taker);
            stormThreads.add(threads.start("storm-" + id, () -> {
                storm.run();
                releaseHeld(bed);
            }));
        }
        for (int id = 0; id < beds.size(); id++) {
            threads.join(stormThreads.get(id));
            handlers.get(id).stop();
            threads.join(handlerThreads.get(id));
        }
    }

    /** The storm has ended: its thread, the only producer, lets in the stalled transactions that still wait. */
    private void releaseHeld(SmmuSetup bed) {
        while (bed.smmu().eventQueue().held() > 0) {
            threads.check();
            bed.smmu().eventQueue().releaseHeld();
            Thread.yield();
        }
    }

    private void runInline() {
        List<Thread> stormThreads = new ArrayList<>();
        for (int id = 0; id < beds.size(); id++) {
            SmmuSetup bed = beds.get(id);
            EventProbe probe = newProbe(id);
            InlineTaker taker = new InlineTaker();
            StormLoad storm = newStorm(id, taker);
            stormThreads.add(threads.start("handler-" + id, () -> {
                try (EventHandler handler = bed.smmu().openHandler(probe)) {
                    taker.handler = handler;
                    storm.run();
                }
            }));
        }
        stormThreads.forEach(threads::join);
    }

    private EventProbe newProbe(int id) {
        HandlerProbe probe = new HandlerProbe(
            clock,
            window,
            recorders,
            beds.get(id).eventOracles(),
            guests.get(id),
            stalled.get(id),
            new HandlerProbe.Settings(
                scenario.durationNs(ScenarioKey.SECTION), scenario.count(ScenarioKey.SAMPLE_EVERY), ring));
        handlerProbes.add(probe);
        return injection.eventProbe(probe);
    }

    private StormLoad newStorm(int id, Consumer<EventRecord> taker) {
        Pacer pacer = new Pacer(injection.pacerClock(clock), waitPlan.stormSpinNs());
        SteObserver view = beds.get(id).newSteObserver(clock, guests.get(id), stalled.get(id), taker);
        views.add(view);
        StormLoad storm = new StormLoad(clock, window, pacer, workloads.storm(id), view, recorders);
        storms.add(storm);
        return storm;
    }

    /** Hands events to the handler on the storm's own thread; each is a batch, since the thread may wait after it. */
    private static final class InlineTaker implements Consumer<EventRecord> {
        private EventHandler handler;

        @Override
        public void accept(EventRecord event) {
            handler.handle(event);
            handler.quiesce();
        }
    }

    /** When a replaced attachment is out of reach under the strategy of this cell. */
    Quiescence quiescence() {
        return quiescence;
    }

    /** Frees the tables and the guards; the collector frees the vEVENTQs. All threads have ended. */
    @Override
    public void close() {
        host.context().close();
        beds.forEach(bed -> bed.smmu().close());
    }

    Workloads workloads() {
        return workloads;
    }

    Scenario scenario() {
        return scenario;
    }

    WaitPlan waitPlan() {
        return waitPlan;
    }

    Window window() {
        return window;
    }

    /**
     * What the threads recorded.
     *
     * @return by thread and tag.
     */
    public Recorders recorders() {
        return recorders;
    }

    boolean ring() {
        return ring;
    }

    List<HandlerProbe> handlerProbes() {
        return handlerProbes;
    }

    HiccupMeter hiccupMeter() {
        return hiccupMeter;
    }

    VmmReader vmm() {
        return vmm;
    }

    FaultReader faults() {
        return faults;
    }

    List<SmmuSetup> beds() {
        return beds;
    }

    List<GuestFigures> guests() {
        return guests;
    }

    List<SteObserver> views() {
        return views;
    }

    VmmQueues queues() {
        return host.queues();
    }

    FaultQueues faultQueues() {
        return host.faultQueues();
    }

    List<EventThread> handlers() {
        return handlers;
    }

    List<StormLoad> storms() {
        return storms;
    }

    List<ChurnLoad> churns() {
        return churns;
    }

    List<InvalidationLoad> invalidations() {
        return invalidations;
    }

    boolean timerSlackLowered() {
        return threads.timerSlackLowered();
    }

    long startedAtMs() {
        return startedAtMs;
    }

    long startupMs() {
        return startupMs;
    }

    /** Wall-clock time of the start of the measured window, milliseconds since 1970. */
    long measureStartMs() {
        return startedAtMs + (startDelayNs + scenario.durationNs(ScenarioKey.WARMUP)) / 1_000_000;
    }

    List<StalledTransactions> stalled() {
        return stalled;
    }

    long refused() {
        return stalled.stream().mapToLong(StalledTransactions::refused).sum();
    }

    long unread() {
        return beds.stream().flatMap(bed -> bed.veventqs().stream()).mapToLong(VEventQueue::unread).sum();
    }
}
