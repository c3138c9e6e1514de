package dev.steward.loadgen.oracle;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.record.Window;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The oracles on the event side of one SMMU. Of a stalled fault they judge its order and whether its master was found:
 * the guard is asked for nothing else then.
 *
 * <p>Threading: the handler thread; counts are read after it has ended. Does not allocate.
 */
public final class EventOracles {
    private static final long NOT_KNOWN = -1;

    private final Clock clock;
    private final AttachState attachState;
    private final VirtualIds virtualIds;
    private final int[] deviceOfPosition;
    private final AtomicIntegerArray viommuId;
    private final DeliveryLedger deliveries;
    private final AttachAges ages = new AttachAges();
    private final long[] lastSerial;

    private final OracleCount torn = new OracleCount(Oracle.TORN_SNAPSHOT);
    private final OracleCount wrong = new OracleCount(Oracle.WRONG_VSID);
    private final OracleCount late = new OracleCount(Oracle.AFTER_ATTACH_RETURNED);
    private final OracleCount destroyed = new OracleCount(Oracle.DESTROYED_VIOMMU);
    private final OracleCount order = new OracleCount(Oracle.STREAM_ORDER);

    private int position = StreamIndex.ABSENT;
    private long before;
    /** The look by which the event was let in or not. */
    private long decided;
    private int handleBefore;
    private int delivered;
    private boolean ofVdevice;
    private int viommu;
    private boolean accused;
    private long replacedForNs = NOT_KNOWN;

    /**
     * Makes the oracles.
     *
     * @param deviceOfPosition device number by position in the table, -1 for none.
     * @param viommuId         iommufd object id by number of the vIOMMU, 0 for none.
     */
    public EventOracles(
        Clock clock, AttachState attachState, VirtualIds virtualIds, int[] deviceOfPosition,
        AtomicIntegerArray viommuId, DeliveryLedger deliveries) {
        this.clock = clock;
        this.attachState = attachState;
        this.virtualIds = virtualIds;
        this.deviceOfPosition = deviceOfPosition;
        this.viommuId = viommuId;
        this.deliveries = deliveries;
        lastSerial = new long[deviceOfPosition.length];
        Arrays.fill(lastSerial, -1);
    }

    public void asking(EventRecord event) {
        position = event.position;
        if (position != StreamIndex.ABSENT) {
            accused = false;
            replacedForNs = NOT_KNOWN;
            before = attachState.look(position);
            decided = before;
            handleBefore = deliveries.handleChanges(deviceOfPosition[position]);
        }
    }

    public void inside(EventRecord event, int toViommu, int virtualStreamId) {
        delivered = toViommu;
        ofVdevice = deliveries.ofVdevice(deviceOfPosition[position], virtualStreamId);
        accused = false;
        late.checked();
        decided = checkNotReplaced();
        attachState.reportBegins(position, toViommu);
        checkVirtualId(event, toViommu, virtualStreamId);
        checkOrder(event);
    }

    /** A stalled fault whose master was found. */
    public void insideStall(EventRecord event) {
        checkOrder(event);
    }

    /** Its attach handle has put a stalled fault into a fault queue. */
    public void stallQueued(EventRecord event, int faultQueueId) {
        age(event, deliveries.stallQueued(event, faultQueueId));
    }

    private void checkOrder(EventRecord event) {
        order.checked();
        if (event.serial <= lastSerial[position]) {
            order.violated(clock.nowNs());
        }
        lastSerial[position] = event.serial;
    }

    /** Ages are kept of events that are due in this window; of all events until it is told. */
    public void measureIn(Window window) {
        ages.measureIn(window);
    }

    public void reported() {
        checkNotReplaced();
        attachState.reportEnds();
    }

    /** Judges where the event went. */
    public void done(EventRecord event, EventOutcome outcome) {
        if (outcome == EventOutcome.DESTROYED_VIOMMU) {
            destroyed.checked();
            destroyed.violated(clock.nowNs());
        } else if (position != StreamIndex.ABSENT) {
            age(event, judge(event, outcome));
        }
        // An event for which the guard is never asked to report must not be judged by the look of the one before it.
        position = StreamIndex.ABSENT;
    }

    /** The window that it fell into, or null. */
    private DeliveryWindow judge(EventRecord event, EventOutcome outcome) {
        return switch (outcome) {
            // An id that the stream never had has been accused already.
            case QUEUED, LOST_IN_VEVENTQ, NO_MEMORY ->
                viommu == VirtualIds.NONE ? null : deliveries.reported(event, viommu, ofVdevice);
            case UNATTACHED -> {
                checkMissed();
                yield deliveries.unattached(event, deviceOfPosition[position]);
            }
            case STALL_ABORTED -> {
                checkHandleMissed();
                yield deliveries.stallAborted(event, deviceOfPosition[position]);
            }
            // The stream is attached, its device has no vDEVICE just now: lost to the guest, but no broken promise.
            case NO_VDEVICE -> deliveries.withoutVdevice(event);
            case UNKNOWN_STREAM -> {
                checkMissed();
                yield deliveries.unknownStream(event);
            }
            // Never asked for a report, refused by the vIOMMU itself, or a stalled fault in the queue of its handle.
            default -> null;
        };
    }

    /** For what reached a replaced vIOMMU it matters since when, not which entry caused it. */
    private void age(EventRecord event, DeliveryWindow window) {
        if (replacedForNs != NOT_KNOWN) {
            ages.replaced(event, replacedForNs);
        } else if (window != null && !accused) {
            long returnedNs = attachState.returnedNs(position, decided);
            if (returnedNs != AttachState.NEVER) {
                ages.of(window, event, returnedNs, clock.nowNs());
            }
        }
    }

    /** Inside the guarded section no commit may have returned that gave the stream to another vIOMMU. */
    private long checkNotReplaced() {
        // The guard's loads come before this look, whatever modes the guard used.
        VarHandle.acquireFence();
        long now = attachState.look(position);
        if (!accused && AttachState.stable(now) && AttachState.viommuId(now) != delivered) {
            accused = true;
            long nowNs = clock.nowNs();
            late.violated(nowNs);
            long returnedNs = attachState.returnedNs(position, now);
            replacedForNs = returnedNs == AttachState.NEVER ? NOT_KNOWN : nowNs - returnedNs;
        }
        return now;
    }

    /** No attachment was found: wrong if there was one before the guard was asked and no commit began since. */
    private void checkMissed() {
        late.checked();
        VarHandle.acquireFence();
        boolean undisturbed = AttachState.stable(before) && attachState.look(position) == before;
        if (undisturbed && AttachState.viommuId(before) != 0) {
            late.violated(clock.nowNs());
        }
    }

    /** No attach handle took a stalled fault: wrong if it was stored before the handler asked and none went since. */
    private void checkHandleMissed() {
        if (deliveries.stallsQueued()) {
            late.checked();
            if ((handleBefore & 1) != 0 && deliveries.handleChanges(deviceOfPosition[position]) == handleBefore) {
                late.violated(clock.nowNs());
            }
        }
    }

    private void checkVirtualId(EventRecord event, int toViommu, int virtualStreamId) {
        viommu = virtualIds.viommuOf(virtualStreamId, deviceOfPosition[position], SteTag.viommu(event.cause));
        torn.checked();
        wrong.checked();
        if (viommu == VirtualIds.NONE) {
            wrong.violated(clock.nowNs());
        } else if (viommuId.get(viommu) != toViommu) {
            accuseMix(toViommu);
        }
    }

    /** The id is one of the stream's, the vIOMMU is not the one it belongs to: torn, if there is such a vIOMMU. */
    private void accuseMix(int toViommu) {
        for (int i = 0; i < viommuId.length(); i++) {
            if (viommuId.get(i) == toViommu) {
                torn.violated(clock.nowNs());
                return;
            }
        }
        wrong.violated(clock.nowNs());
    }

    public DeliveryLedger deliveries() {
        return deliveries;
    }

    public List<OracleCount> counts() {
        return List.of(torn, wrong, late, destroyed, order);
    }

    public void addTo(CellReport report) {
        counts().forEach(report::add);
        deliveries.addTo(report);
        ages.addTo(report);
    }
}
