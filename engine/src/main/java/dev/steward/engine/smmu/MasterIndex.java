package dev.steward.engine.smmu;

import dev.steward.engine.stream.StreamIndex;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The positions that a guard sees: all StreamIDs of a device are at the position of its first, since a vmaster belongs
 * to the device and one exchange moves them all (arm_smmu_attach_commit_vmaster; docs/domain.md, 1.3).
 *
 * <p>Without a device of several streams this is the table's own walk. Probe and release call {@link #join} and
 * {@link #part}, before the streams are known to events and after; the rest from any thread.
 */
final class MasterIndex implements StreamIndex {
    private final StreamIndex table;
    /** By position, 0 for itself or 1 more than the position of the first; made with the first device that needs it. */
    private volatile AtomicIntegerArray firsts;

    MasterIndex(StreamIndex table) {
        this.table = table;
    }

    void join(int[] streamIds) {
        if (streamIds.length == 1) {
            return;
        }
        if (firsts == null) {
            firsts = new AtomicIntegerArray(table.capacity());
        }
        for (int streamId : streamIds) {
            firsts.set(table.indexOf(streamId), table.indexOf(streamIds[0]) + 1);
        }
    }

    void part(int[] streamIds) {
        if (streamIds.length > 1) {
            for (int streamId : streamIds) {
                firsts.set(table.indexOf(streamId), 0);
            }
        }
    }

    @Override
    public int indexOf(int streamId) {
        int position = table.indexOf(streamId);
        AtomicIntegerArray all = firsts;
        if (all == null || position == ABSENT) {
            return position;
        }
        int first = all.getAcquire(position);
        return first == 0 ? position : first - 1;
    }

    @Override
    public int capacity() {
        return table.capacity();
    }
}
