package dev.steward.loadgen.cell;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.EventThread;
import dev.steward.engine.smmu.ResumeListener;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.load.ChurnLoad;
import dev.steward.loadgen.load.EventSink;
import dev.steward.loadgen.load.HandlerProbe;
import dev.steward.loadgen.load.InvalidationLoad;
import dev.steward.loadgen.load.Pacer;
import dev.steward.loadgen.load.QueueSink;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.SteObserver;
import dev.steward.loadgen.load.StormLoad;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.record.CellPart;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.record.Threads;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.ArrayList;
import java.util.List;

/**
 * One SMMU under load: its storm and its handler, on two threads or on one, its attach threads, and the thread that
 * invalidates for its guests.
 */
final class SmmuRun implements CellPart {
    /** More loads than one SMMU can have. */
    private static final int MOST_THREADS = 100;

    private final int id;
    private final LoadFrame frame;
    private final SmmuSetup setup;
    private final GuestFigures guests;
    private final StalledTransactions stalled;
    private final HandlerProbe probe;
    private final SteObserver observer;
    private final StormLoad storm;
    private final Runnable stormBody;
    /** Null on path inline: the storm's thread handles. */
    private final EventThread handler;
    /** Null on path inline. */
    private final QueueSink queueSink;
    private final List<ChurnLoad> churns = new ArrayList<>();
    /** Null without such a load. */
    private final InvalidationLoad invalidations;
    private final List<Thread> loads = new ArrayList<>();
    private Thread handling;

    /** Makes the loads of an SMMU that is set up. */
    SmmuRun(int id, SmmuSetup setup, LoadFrame frame, ResumeListener answers) {
        this.id = id;
        this.setup = setup;
        this.frame = frame;
        guests = setup.newGuestFigures(frame.window());
        stalled = new StalledTransactions(
            frame.clock(), frame.scenario().count(ScenarioKey.EVENTQ_MAX_STALLS), answers);
        setup.smmu().onResume(stalled);
        setup.eventOracles().measureIn(frame.window());
        probe = new HandlerProbe(
            frame.clock(), frame.window(), frame.recorders(), setup.eventOracles(), guests, stalled,
            setup.printBudget(),
            new HandlerProbe.Settings(
                frame.delay(ScenarioKey.SECTION),
                frame.delay(ScenarioKey.COST_PRINT),
                frame.scenario().count(ScenarioKey.SAMPLE_EVERY), frame.ring()));
        EventProbe watched = frame.injection().eventProbe(probe);
        if (frame.ring()) {
            handler = setup.smmu().eventThread(
                watched, frame.waits().handler(), frame.waits().handlerLooks());
            setup.smmu().eventQueue().interruptLine(frame.injection().interruptLine(handler));
            queueSink = new QueueSink(
                frame.clock(), setup.smmu().eventQueue(), handler::sleepsThroughRecords, guests::notWritten);
            observer = setup.newSteObserver(guests, stalled, queueSink);
            storm = newStorm();
            stormBody = storm;
        } else {
            handler = null;
            queueSink = null;
            InlineSink sink = new InlineSink();
            observer = setup.newSteObserver(guests, stalled, sink);
            storm = newStorm();
            stormBody = () -> {
                try (EventHandler inline = setup.smmu().openHandler(watched)) {
                    sink.handler = inline;
                    storm.run();
                }
            };
        }
        int firstThread = id * MOST_THREADS;
        int attachThreads = churned() ? frame.scenario().count(ScenarioKey.CHURN_THREADS) : 0;
        for (int thread = 0; thread < attachThreads; thread++) {
            churns.add(setup.newChurnLoad(
                frame.window(), new Pacer(frame.pacerClock(firstThread + 2 + thread), 0), frame.recorders(),
                frame.workloads().churn(id, thread), thread));
        }
        invalidations = frame.scenario().ratePerSecond(ScenarioKey.INVALIDATION_RATE) == 0 ? null
            : new InvalidationLoad(
                frame.clock(), frame.window(), new Pacer(frame.pacerClock(firstThread + 1), 0),
                frame.workloads().invalidations(id), setup.newInvalidationArray(),
                frame.recorders());
    }

    private boolean churned() {
        return frame.scenario().ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
    }

    private StormLoad newStorm() {
        Pacer pacer = new Pacer(
            frame.injection().pacerClock(frame.pacerClock(id * MOST_THREADS)), frame.waits().storm(),
            frame.waits().stormSpinNs());
        return new StormLoad(
            frame.clock(), frame.window(), pacer, frame.workloads().storm(id), observer, frame.recorders());
    }

    /** Hands events to the handler on the storm's own thread; each is a batch, since the thread may wait after it. */
    private static final class InlineSink implements EventSink {
        private EventHandler handler;

        @Override
        public void accept(EventRecord event) {
            handler.handle(event);
            handler.quiesce();
        }
    }

    @Override
    public void start(Threads threads) {
        for (int thread = 0; thread < churns.size(); thread++) {
            loads.add(threads.start("churn-" + id + "-" + thread, churns.get(thread)));
        }
        if (invalidations != null) {
            loads.add(threads.start("invalidate-" + id, invalidations));
        }
        if (handler == null) {
            handling = threads.start("handler-" + id, stormBody);
        } else {
            handling = threads.start("handler-" + id, handler);
            loads.add(threads.start("storm-" + id, () -> {
                stormBody.run();
                releaseHeld(threads);
            }));
        }
    }

    /** The storm has ended: its thread, the only producer, lets in the stalled transactions that still wait. */
    private void releaseHeld(Threads threads) {
        while (setup.smmu().eventQueue().held() > 0) {
            threads.check();
            setup.smmu().eventQueue().releaseHeld();
            Thread.yield();
        }
    }

    @Override
    public void stop(Threads threads) {
        try {
            loads.forEach(threads::join);
        } finally {
            if (handler != null) {
                queueSink.look();
                handler.stop();
            }
        }
        threads.join(handling);
    }

    @Override
    public void addTo(CellReport report) {
        long endNs = frame.window().measureToNs();
        report.add(Count.GENERATED, storm.progress().generated() - stalled.refused());
        boolean replaysStorm = frame.workloads().replaysStorm();
        report.rate(
            "storm", replaysStorm ? Double.NaN : frame.scenario().ratePerSecond(ScenarioKey.STORM_RATE), 1,
            List.of(storm.progress()));
        addChurn(report);
        if (invalidations != null) {
            report.rate(
                "invalidation", frame.scenario().ratePerSecond(ScenarioKey.INVALIDATION_RATE),
                frame.scenario().count(ScenarioKey.INVALIDATION_BATCH), List.of(invalidations.progress()));
            invalidations.addTo(report);
        }
        setup.addTo(report, endNs);
        stalled.addTo(report, endNs);
        observer.addTo(report);
        if (queueSink != null) {
            queueSink.addTo(report);
        }
        guests.addTo(report);
        probe.addTo(report);
        report.slowEvents(probe.slowest(), setup.churnProbe().graces(), setup.churnProbe().commits());
        report.add(ringAccount(endNs));
    }

    private void addChurn(CellReport report) {
        churns.forEach(churn -> churn.addTo(report));
        boolean replayed = frame.workloads().replaysChurn();
        boolean due = churns.stream().anyMatch(churn -> churn.progress().scheduled() > 0);
        if (due || !replayed && !churns.isEmpty()) {
            report.rate(
                "churn", replayed ? Double.NaN : frame.scenario().ratePerSecond(ScenarioKey.CHURN_RATE), 1,
                churns.stream().map(ChurnLoad::progress).toList());
        } else {
            // A log may attach nothing for a while; that is its load and no fault of the cell.
            churns.forEach(churn -> report.active(churn.progress()));
        }
    }

    /** A handler that has ended leaves nothing behind, and an overflow is flagged once until it is acknowledged. */
    private OracleCount ringAccount(long endNs) {
        OracleCount account = new OracleCount(Oracle.RING_ACCOUNT);
        EventQueue queue = setup.smmu().eventQueue();
        if (queue.produced() > 0) {
            account.checked();
            if (!adds(queue.produced(), queue.consumed(), queue.overflows(), queue.overflowsDetected(),
                queue.discarded())) {
                account.violated(endNs);
            }
        }
        return account;
    }

    static boolean adds(long produced, long consumed, long overflows, long acknowledged, long discarded) {
        return produced == consumed && overflows == acknowledged && overflows <= discarded
            && (overflows > 0 || discarded == 0);
    }

    SmmuSetup setup() {
        return setup;
    }

    List<ChurnLoad> churns() {
        return churns;
    }
}
