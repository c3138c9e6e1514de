package dev.steward.loadgen.rig;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamIndex;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/**
 * The oracles on the event side of one SMMU.
 *
 * <p>Threading: the handler thread; counts are read after it has ended. Does not allocate.
 */
final class EventOracles {
    private final Clock clock;
    private final StreamIndex index;
    private final AttachState attachState;
    private final VirtualIds virtualIds;
    private final int[] streamOfPosition;
    private final int[] viommuOfId;
    private final long[] lastSerial;

    private final OracleCount torn = new OracleCount(Oracle.TORN_SNAPSHOT);
    private final OracleCount wrong = new OracleCount(Oracle.WRONG_VSID);
    private final OracleCount late = new OracleCount(Oracle.AFTER_ATTACH_RETURNED);
    private final OracleCount destroyed = new OracleCount(Oracle.DESTROYED_VIOMMU);
    private final OracleCount order = new OracleCount(Oracle.STREAM_ORDER);

    private int position = StreamIndex.ABSENT;
    private long before;
    private int delivered;
    private boolean accused;

    /**
     * Makes the oracles.
     *
     * @param clock            for the time of a violation.
     * @param index            the stream table's.
     * @param attachState      shared with the attach side.
     * @param virtualIds       of the cell.
     * @param streamOfPosition stream number by position in the table, -1 for none.
     * @param viommuOfId       vIOMMU number by iommufd object id, -1 for none.
     */
    EventOracles(
        Clock clock,
        StreamIndex index,
        AttachState attachState,
        VirtualIds virtualIds,
        int[] streamOfPosition,
        int[] viommuOfId) {
        this.clock = clock;
        this.index = index;
        this.attachState = attachState;
        this.virtualIds = virtualIds;
        this.streamOfPosition = streamOfPosition;
        this.viommuOfId = viommuOfId;
        lastSerial = new long[streamOfPosition.length];
        Arrays.fill(lastSerial, -1);
    }

    void asking(EventRecord event) {
        position = index.indexOf(EventRecordLayout.streamId(event.word0));
        if (position != StreamIndex.ABSENT) {
            before = attachState.look(position);
        }
    }

    void inside(EventRecord event, int viommuId, int virtualStreamId) {
        delivered = viommuId;
        accused = false;
        late.checked();
        checkNotReplaced();
        attachState.reportBegins(position, viommuId);
        checkVirtualId(viommuId, virtualStreamId);
        order.checked();
        if (event.serial <= lastSerial[position]) {
            order.violated(clock.nowNs());
        }
        lastSerial[position] = event.serial;
    }

    void reported() {
        checkNotReplaced();
        attachState.reportEnds();
    }

    void done(EventOutcome outcome) {
        if (outcome == EventOutcome.DESTROYED_VIOMMU) {
            destroyed.checked();
            destroyed.violated(clock.nowNs());
        } else if (position != StreamIndex.ABSENT
            && (outcome == EventOutcome.UNATTACHED || outcome == EventOutcome.UNKNOWN_STREAM)) {
            checkMissed();
        }
        // An event for which the guard is never asked to report must not be judged by the look of the one before it.
        position = StreamIndex.ABSENT;
    }

    /** Inside the guarded section no commit may have returned that gave the stream to another vIOMMU. */
    private void checkNotReplaced() {
        // The guard's loads come before this look, whatever modes the guard used.
        VarHandle.acquireFence();
        long now = attachState.look(position);
        if (!accused && AttachState.stable(now) && AttachState.viommuId(now) != delivered) {
            accused = true;
            late.violated(clock.nowNs());
        }
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

    private void checkVirtualId(int viommuId, int virtualStreamId) {
        int viommu = viommuId < viommuOfId.length ? viommuOfId[viommuId] : -1;
        int stream = streamOfPosition[position];
        torn.checked();
        wrong.checked();
        if (viommu >= 0 && virtualStreamId == virtualIds.of(viommu, stream)) {
            return;
        }
        if (viommu >= 0 && virtualIds.belongsTo(virtualStreamId, stream)) {
            torn.violated(clock.nowNs());
        } else {
            wrong.violated(clock.nowNs());
        }
    }

    List<OracleCount> counts() {
        return List.of(torn, wrong, late, destroyed, order);
    }
}
