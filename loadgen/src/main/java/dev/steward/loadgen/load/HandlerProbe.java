package dev.steward.loadgen.load;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.loadgen.guest.Delay;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.guest.PrintBudget;
import dev.steward.loadgen.oracle.EventOracles;
import dev.steward.loadgen.oracle.StalledTransactions;
import dev.steward.loadgen.outlier.EventTrace;
import dev.steward.loadgen.outlier.Outliers;
import dev.steward.loadgen.outlier.Slowest;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.results.Tags;

/**
 * Times an event on its way through the handler and lets the oracles look.
 *
 * <p>Every event costs one clock read inside the section (the moment it stands in the vEVENTQ); one in {@code
 * sampleEvery} costs eight more, for the stages, and one after the event before it; a wake-up costs one. Values are
 * recorded after the guard has been left. Of the timed events the slowest are kept, to be explained after the run. A
 * stalled fault is not timed: its report goes another way than those that the stages are of.
 *
 * <p>Threading: the handler thread.
 */
public final class HandlerProbe implements EventProbe {
    /**
     * What a scenario asks of the probe.
     *
     * @param print       what the driver takes to print an event.
     * @param sampleEvery one event in so many is timed stage by stage, 1 or more.
     */
    public record Settings(Delay section, Delay print, int sampleEvery, boolean ring) {
    }

    private static final long NOT_TOLD = Long.MIN_VALUE;

    private final Clock clock;
    private final Window window;
    private final EventOracles oracles;
    private final GuestFigures guests;
    private final StalledTransactions stalled;
    private final EventPrinter printer;
    private final Delay section;
    private final int sampleEvery;
    private final boolean ring;

    private final IntervalRecorder enqueue;
    private final IntervalRecorder enqueueRaw;
    private final IntervalRecorder enqueueAwake;
    private final IntervalRecorder stageRing;
    private final IntervalRecorder stageDecode;
    private final IntervalRecorder stageWait;
    private final IntervalRecorder stageLookUp;
    private final IntervalRecorder stageSection;
    private final IntervalRecorder stageEnqueue;
    private final IntervalRecorder stageWake;
    private final IntervalRecorder stageUnlock;
    private final Slowest slowest = new Slowest(Outliers.AT_MOST, EventTrace.WIDTH);

    private int untilSample = 1;
    private boolean sampled;
    private long freeNs = Long.MIN_VALUE;
    private long wokeNs = Long.MIN_VALUE;
    private long takenNs;
    private long askedNs;
    private long enteredNs;
    private long insideNs;
    private long sectionEndNs;
    private long wakingNs;
    private long wokenNs;
    private long reportedNs;

    public HandlerProbe(
        Clock clock, Window window, Recorders recorders, EventOracles oracles, GuestFigures guests,
        StalledTransactions stalled, PrintBudget printBudget, Settings settings) {
        this.clock = clock;
        this.window = window;
        this.oracles = oracles;
        this.guests = guests;
        this.stalled = stalled;
        printer = new EventPrinter(printBudget, settings.print);
        section = settings.section;
        sampleEvery = settings.sampleEvery;
        ring = settings.ring;
        enqueue = recorders.recorder(Tags.EVENT_ENQUEUE);
        enqueueRaw = recorders.recorder(Tags.EVENT_ENQUEUE_RAW);
        enqueueAwake = recorders.recorder(Tags.EVENT_ENQUEUE_AWAKE);
        stageRing = recorders.recorder(Tags.STAGE_RING);
        stageDecode = recorders.recorder(Tags.STAGE_DECODE);
        stageWait = recorders.recorder(Tags.STAGE_WAIT);
        stageLookUp = recorders.recorder(Tags.STAGE_LOOK_UP);
        stageSection = recorders.recorder(Tags.STAGE_SECTION);
        stageEnqueue = recorders.recorder(Tags.STAGE_ENQUEUE);
        stageWake = recorders.recorder(Tags.STAGE_WAKE);
        stageUnlock = recorders.recorder(Tags.STAGE_UNLOCK);
    }

    @Override
    public void woke() {
        wokeNs = clock.nowNs();
    }

    @Override
    public void taken(EventRecord event) {
        sampled = --untilSample == 0;
        if (sampled) {
            untilSample = sampleEvery;
            takenNs = clock.nowNs();
        }
    }

    @Override
    public void asking(EventRecord event) {
        oracles.asking(event);
        if (sampled) {
            enteredNs = NOT_TOLD;
            askedNs = clock.nowNs();
        }
    }

    @Override
    public void entered(EventRecord event) {
        if (sampled) {
            enteredNs = clock.nowNs();
        }
    }

    @Override
    public void inside(EventRecord event, int viommuId, int virtualStreamId) {
        if (sampled) {
            insideNs = clock.nowNs();
        }
        oracles.inside(event, viommuId, virtualStreamId);
        section.spend();
        if (sampled) {
            sectionEndNs = clock.nowNs();
        }
    }

    @Override
    public void insideStall(EventRecord event) {
        oracles.insideStall(event);
    }

    @Override
    public void stallQueued(EventRecord event, int faultQueueId) {
        oracles.stallQueued(event, faultQueueId);
    }

    @Override
    public void waking(EventRecord event) {
        if (sampled) {
            wakingNs = clock.nowNs();
        }
    }

    @Override
    public void woken(EventRecord event) {
        if (sampled) {
            wokenNs = clock.nowNs();
        }
    }

    @Override
    public void reported(EventRecord event) {
        if (!event.stalls()) {
            reportedNs = clock.nowNs();
            oracles.reported();
        }
    }

    @Override
    public void done(EventRecord event, EventOutcome outcome) {
        long leftNs = sampled ? clock.nowNs() : 0;
        oracles.done(event, outcome);
        guests.handled(event, outcome, reportedNs - event.intendedNs);
        if (event.stalls()) {
            stalled.handled(event, outcome);
        }
        if (outcome != EventOutcome.QUEUED) {
            printer.handled(outcome);
        } else if (window.measures(event.intendedNs)) {
            record(event, leftNs);
        }
        if (untilSample == 1) {
            // The next one is timed: what it waits until now is queueing, what it waits from now on is not.
            freeNs = clock.nowNs();
        }
    }

    private void record(EventRecord event, long leftNs) {
        long intendedNs = event.intendedNs;
        // The extra clock reads of a sampled event are in its latency: it counts for the stages only.
        if (!sampled || sampleEvery == 1) {
            enqueue.record(intendedNs, reportedNs - intendedNs);
            enqueueRaw.record(intendedNs, reportedNs - event.startNs);
            enqueueAwake.record(intendedNs, reportedNs - Math.max(event.startNs, wokeNs));
        }
        if (sampled) {
            if (ring) {
                stageRing.record(intendedNs, takenNs - event.startNs);
            }
            stageDecode.record(intendedNs, askedNs - takenNs);
            // A strategy from a jar need not tell when it entered.
            long inNs = enteredNs == NOT_TOLD ? insideNs : enteredNs;
            stageWait.record(intendedNs, inNs - askedNs);
            stageLookUp.record(intendedNs, insideNs - inNs);
            stageSection.record(intendedNs, sectionEndNs - insideNs);
            stageEnqueue.record(intendedNs, reportedNs - sectionEndNs);
            stageWake.record(intendedNs, wokenNs - wakingNs);
            stageUnlock.record(intendedNs, leftNs - reportedNs);
            keepIfSlow(event);
        }
    }

    private void keepIfSlow(EventRecord event) {
        int row = slowest.offer(reportedNs - event.intendedNs);
        if (row != Slowest.REJECTED) {
            slowest.set(row, EventTrace.INTENDED, event.intendedNs);
            slowest.set(row, EventTrace.START, event.startNs);
            slowest.set(row, EventTrace.FREE, freeNs);
            slowest.set(row, EventTrace.TAKEN, takenNs);
            slowest.set(row, EventTrace.ASKED, askedNs);
            slowest.set(row, EventTrace.INSIDE, insideNs);
            slowest.set(row, EventTrace.SECTION_END, sectionEndNs);
            slowest.set(row, EventTrace.REPORTED, reportedNs);
        }
    }

    /** Adds what became of the events that the driver was to print. */
    public void addTo(CellReport report) {
        printer.addTo(report);
    }

    /** The slowest of the timed events that were queued in the window, as {@link EventTrace} lays them out. */
    public Slowest slowest() {
        return slowest;
    }
}
