package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.FaultQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The fault queues of a cell, one for each SMMU, and the wait queue of the thread that reads them. None where stalled
 * faults are aborted.
 *
 * <p>Threading: queues are made before the threads of the cell; {@link #run} wakes from any thread.
 */
public final class FaultQueues implements Runnable {
    private final List<FaultQueue> all = new ArrayList<>();
    private volatile Thread sleeper;

    /** A new queue, open for the life of the cell. */
    public FaultQueue add(Context context) {
        FaultQueue added = context.allocateFaultQueue(0, this);
        all.add(added);
        return added;
    }

    public List<FaultQueue> all() {
        return all;
    }

    boolean anyReadable() {
        for (FaultQueue queue : all) {
            if (queue.readable()) {
                return true;
            }
        }
        return false;
    }

    /** Lets {@link #run} find the calling thread; or nobody. */
    void sleeper(Thread thread) {
        sleeper = thread;
    }

    /** Wakes the reader. */
    @Override
    public void run() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
