package dev.steward.engine.smmu;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.VEvent;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.VIommu;
import java.util.Objects;

/**
 * What the driver's threaded handler does with one event: filter, ask the guard, rewrite the StreamID, report
 * (arm-smmu-v3.c; docs/domain.md, 3.4, steps 3 to 6).
 *
 * <p>The first look-up of the merged driver is the reader's own, {@link AttachmentGuard.Reader#lookUp}; few designs
 * have it. A stalled fault needs the master only: it goes to the attach handle of its group, and where nothing takes it
 * there, it is answered by RESUME with abort (3.5). A stage-2 fault that does not stall is kept for the host after the
 * second look-up, so it costs both.
 *
 * <p>Threading: the handler thread of the SMMU, which opens and closes it. Does not allocate per event.
 */
public final class EventHandler implements AutoCloseable {
    private final Iommufd iommufd;
    private final AttachmentGuard.Reader reader;
    private final EventProbe probe;
    private final EventLedger ledger;
    private final FaultPath.Reporter faults;
    private final ReportSink sink = new Sink();
    private final StallSink stallSink = this::reportStallInside;
    private final VEvent vevent = new VEvent();

    private EventRecord current;
    private int streamId;

    EventHandler(
        Iommufd iommufd, AttachmentGuard guard, FaultPath faultPath, EventProbe probe, EventLedger ledger) {
        this.iommufd = iommufd;
        this.reader = Objects.requireNonNull(guard.registerReader(), "the guard has given no reader, but null");
        this.probe = probe;
        this.ledger = ledger;
        this.faults = faultPath.open();
        vevent.wakeListener = new Waking();
    }

    /**
     * Handles one event.
     *
     * @param event the handler's copy of the record.
     * @return what became of it.
     */
    public EventOutcome handle(EventRecord event) {
        probe.taken(event);
        EventOutcome outcome = dispatch(event);
        ledger.count(outcome);
        probe.done(event, outcome);
        if (outcome == EventOutcome.STALL_ABORTED || outcome == EventOutcome.STALL_NO_MEMORY) {
            // After the probe: it is to see what the guard found, not what happened during the answer.
            faults.abort(streamId, event);
        }
        return outcome;
    }

    /** Ends a batch: the guard need not wait for this handler until the next event. The handler may sleep then. */
    public void quiesce() {
        reader.quiesce();
    }

    /** The interrupt thread has slept, and runs again. */
    void woke() {
        probe.woke();
    }

    /** A run of the interrupt thread begins. */
    void runBegins() {
        faults.runBegins();
    }

    /** The interrupt thread is done, and may sleep. */
    void runEnds() {
        faults.runEnds();
    }

    private EventOutcome dispatch(EventRecord event) {
        streamId = event.streamId();
        reader.lookUp(streamId);
        if (!EventId.of(EventRecordLayout.id(event.word0)).forwarded()) {
            return EventOutcome.NOT_FORWARDED;
        }
        current = event;
        probe.asking(event);
        // The guard's word counts, not what the sink saw: if it swallowed the event, the oracles are to find out.
        if (event.stalls()) {
            return stallOutcomeOf(reader.reportStall(streamId, stallSink));
        }
        int result = reader.report(streamId, sink);
        return EventRecordLayout.stage2(event.word1) && result != ReportSink.UNKNOWN_STREAM
            ? EventOutcome.NOT_FORWARDED : outcomeOf(result);
    }

    private int reportInside(int viommuId, int virtualStreamId) {
        EventRecord event = current;
        if (EventRecordLayout.stage2(event.word1)) {
            return -Errno.EOPNOTSUPP;
        }
        probe.inside(event, viommuId, virtualStreamId);
        int result = deliver(event, viommuId, virtualStreamId);
        probe.reported(event);
        return result;
    }

    private int reportStallInside() {
        EventRecord event = current;
        probe.insideStall(event);
        int queueId = faults.report(streamId, event);
        if (queueId > 0) {
            probe.stallQueued(event, queueId);
        }
        probe.reported(event);
        return queueId > 0 ? VEventQueue.QUEUED : queueId;
    }

    /** Of one class in the whole program, so that the guard's calls to it are no virtual ones. */
    private final class Sink implements ReportSink {
        @Override
        public void entered() {
            probe.entered(current);
        }

        @Override
        public int report(int viommuId, int virtualStreamId) {
            return reportInside(viommuId, virtualStreamId);
        }
    }

    private final class Waking implements VEvent.WakeListener {
        @Override
        public void waking() {
            probe.waking(current);
        }

        @Override
        public void woken() {
            probe.woken(current);
        }
    }

    private int deliver(EventRecord event, int viommuId, int virtualStreamId) {
        VIommu viommu = iommufd.viommu(viommuId);
        if (viommu == null) {
            return -Errno.ENOENT;
        }
        vevent.word0 = EventRecordLayout.withStreamId(event.word0, virtualStreamId);
        vevent.word1 = event.word1;
        vevent.word2 = event.word2;
        vevent.word3 = event.word3;
        vevent.stamp0 = event.intendedNs;
        vevent.stamp1 = event.startNs;
        return viommu.report(VEventLayout.TYPE_ARM_SMMUV3, vevent);
    }

    private static EventOutcome stallOutcomeOf(int result) {
        return switch (result) {
            case VEventQueue.QUEUED -> EventOutcome.STALL_QUEUED;
            case ReportSink.UNKNOWN_STREAM -> EventOutcome.UNKNOWN_STREAM;
            case -Errno.ENOMEM -> EventOutcome.STALL_NO_MEMORY;
            default -> EventOutcome.STALL_ABORTED;
        };
    }

    private static EventOutcome outcomeOf(int result) {
        return switch (result) {
            case VEventQueue.QUEUED -> EventOutcome.QUEUED;
            case VEventQueue.LOST -> EventOutcome.LOST_IN_VEVENTQ;
            case -Errno.ENOMEM -> EventOutcome.NO_MEMORY;
            case -Errno.EOPNOTSUPP -> EventOutcome.NO_VEVENTQ;
            case ReportSink.NOT_ATTACHED -> EventOutcome.UNATTACHED;
            case ReportSink.NO_VDEVICE -> EventOutcome.NO_VDEVICE;
            case ReportSink.UNKNOWN_STREAM -> EventOutcome.UNKNOWN_STREAM;
            default -> EventOutcome.DESTROYED_VIOMMU;
        };
    }

    /** Opens a handler on the thread that will use it: a guard registers readers per thread. */
    @FunctionalInterface
    interface Factory {
        /** Opens a handler for the calling thread only. */
        EventHandler open();
    }

    /** Ends the registration with the guard. Called by the handler thread. */
    @Override
    public void close() {
        faults.close();
        reader.close();
    }
}
