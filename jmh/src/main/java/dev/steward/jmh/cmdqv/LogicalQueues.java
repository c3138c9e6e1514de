package dev.steward.jmh.cmdqv;

import dev.steward.engine.iommufd.Errno;

/**
 * The logical command queues of a VINTF: a stack, since hardware maps them in ascending order ({@code lvcmdq_mutex};
 * docs/domain.md, 6.2).
 *
 * <p>Threading: any.
 */
public final class LogicalQueues {
    private final int limit;
    private int count;

    LogicalQueues(int limit) {
        this.limit = limit;
    }

    /** Makes a queue: 0; -EINVAL outside of the VINTF; -EEXIST if it exists; -EIO if one below it is missing. */
    public synchronized int allocate(int index) {
        if (index < 0 || index >= limit) {
            return -Errno.EINVAL;
        }
        if (index < count) {
            return -Errno.EEXIST;
        }
        if (index > count) {
            return -Errno.EIO;
        }
        count++;
        return 0;
    }

    /** Destroys a queue: 0; -ENOENT if there is none; -EBUSY if one above it is left, which pins it (own). */
    public synchronized int destroy(int index) {
        if (index < 0 || index >= count) {
            return -Errno.ENOENT;
        }
        if (index != count - 1) {
            return -Errno.EBUSY;
        }
        count--;
        return 0;
    }

    /** {@return queues now, 0 or more} */
    public synchronized int count() {
        return count;
    }

    /**
     * The queue that the host takes on a processor.
     *
     * @throws IllegalStateException without queues.
     */
    public synchronized int forCpu(int cpu) {
        if (count == 0) {
            throw new IllegalStateException("the VINTF has no queue");
        }
        return cpu % count;
    }
}
