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
        checkAgainstAttach(viommuId);
        attachState.reportBegins(position, viommuId);
        checkVirtualId(viommuId, virtualStreamId);
        order.checked();
        if (event.serial <= lastSerial[position]) {
            order.violated(clock.nowNs());
        }
        lastSerial[position] = event.serial;
    }

    void reported() {
        attachState.reportEnds();
    }

    void done(EventOutcome outcome) {
        destroyed.checked();
        if (outcome == EventOutcome.DESTROYED_VIOMMU) {
            destroyed.violated(clock.nowNs());
        } else if (position != StreamIndex.ABSENT
            && (outcome == EventOutcome.UNATTACHED || outcome == EventOutcome.UNKNOWN_STREAM)) {
            checkAgainstAttach(0);
        }
        // An event for which the guard is never asked to report must not be judged by the look of the one before it.
        position = StreamIndex.ABSENT;
    }

    private void checkAgainstAttach(int viommuId) {
        late.checked();
        // The guard's loads come before the second look, whatever modes the guard used.
        VarHandle.acquireFence();
        boolean undisturbed = AttachState.stable(before) && attachState.look(position) == before;
        if (undisturbed && AttachState.viommuId(before) != viommuId) {
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
