package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.FaultQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * The fault queues of a cell, one for each guest on an SMMU. None where stalled faults are aborted.
 *
 * <p>Threading: queues are made before the threads of the cell.
 */
public final class FaultQueues extends ReaderQueues {
    private final List<FaultQueue> all = new ArrayList<>();

    /** A new queue, open for the life of the cell. */
    public FaultQueue add(Context context) {
        FaultQueue added = context.allocateFaultQueue(0, this::wakeReader);
        all.add(added);
        return added;
    }

    public List<FaultQueue> all() {
        return all;
    }

    @Override
    boolean anyReadable() {
        for (FaultQueue queue : all) {
            if (queue.readable()) {
                return true;
            }
        }
        return false;
    }
}
