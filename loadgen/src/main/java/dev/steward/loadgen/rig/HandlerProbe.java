package dev.steward.loadgen.rig;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.stream.StreamIndex;

/**
 * Times an event on its way through the handler and lets the oracles look.
 *
 * <p>Every event costs one clock read inside the section (the moment it stands in the vEVENTQ); one in {@code
 * sampleEvery} costs five more, for the stages. Values are recorded after the guard has been left.
 *
 * <p>Threading: the handler thread.
 */
final class HandlerProbe implements EventProbe {
    private final Clock clock;
    private final Window window;
    private final EventOracles oracles;
    private final GuestFigures guests;
    private final long sectionNs;
    private final int sampleEvery;
    private final boolean ring;

    private final IntervalRecorder enqueue;
    private final IntervalRecorder enqueueRaw;
    private final IntervalRecorder stageRing;
    private final IntervalRecorder stageLock;
    private final IntervalRecorder stageSection;
    private final IntervalRecorder stageEnqueue;
    private final IntervalRecorder stageUnlock;

    private int untilSample = 1;
    private boolean sampled;
    private long takenNs;
    private long askedNs;
    private long insideNs;
    private long sectionEndNs;
    private long reportedNs;

    HandlerProbe(
        Clock clock,
        Window window,
        Recorders recorders,
        EventOracles oracles,
        GuestFigures guests,
        long sectionNs,
        int sampleEvery,
        boolean ring) {
        this.clock = clock;
        this.window = window;
        this.oracles = oracles;
        this.guests = guests;
        this.sectionNs = sectionNs;
        this.sampleEvery = sampleEvery;
        this.ring = ring;
        enqueue = recorders.recorder(Tags.EVENT_ENQUEUE);
        enqueueRaw = recorders.recorder(Tags.EVENT_ENQUEUE_RAW);
        stageRing = recorders.recorder(Tags.STAGE_RING);
        stageLock = recorders.recorder(Tags.STAGE_LOCK);
        stageSection = recorders.recorder(Tags.STAGE_SECTION);
        stageEnqueue = recorders.recorder(Tags.STAGE_ENQUEUE);
        stageUnlock = recorders.recorder(Tags.STAGE_UNLOCK);
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
            askedNs = clock.nowNs();
        }
    }

    @Override
    public void inside(EventRecord event, int viommuId, int virtualStreamId) {
        if (sampled) {
            insideNs = clock.nowNs();
        }
        oracles.inside(event, viommuId, virtualStreamId);
        BusyWait.forNs(clock, sectionNs);
        if (sampled) {
            sectionEndNs = clock.nowNs();
        }
    }

    @Override
    public void reported(EventRecord event, int viommuId) {
        reportedNs = clock.nowNs();
        oracles.reported();
    }

    @Override
    public void done(EventRecord event, EventOutcome outcome) {
        long leftNs = sampled ? clock.nowNs() : 0;
        int position = oracles.done(event, outcome);
        if (position != StreamIndex.ABSENT) {
            guests.handled(event, position, outcome, reportedNs - event.intendedNs);
        }
        long intendedNs = event.intendedNs;
        if (outcome != EventOutcome.QUEUED || !window.measures(intendedNs)) {
            return;
        }
        // The extra clock reads of a sampled event are in its latency: it counts for the stages only.
        if (!sampled || sampleEvery == 1) {
            enqueue.record(intendedNs, reportedNs - intendedNs);
            enqueueRaw.record(intendedNs, reportedNs - event.startNs);
        }
        if (sampled) {
            if (ring) {
                stageRing.record(intendedNs, takenNs - event.startNs);
            }
            stageLock.record(intendedNs, insideNs - askedNs);
            stageSection.record(intendedNs, sectionEndNs - insideNs);
            stageEnqueue.record(intendedNs, reportedNs - sectionEndNs);
            stageUnlock.record(intendedNs, leftNs - reportedNs);
        }
    }
}
