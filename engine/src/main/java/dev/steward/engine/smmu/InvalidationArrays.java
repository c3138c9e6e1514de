package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.ParentDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Whom an unmap of a parent domain has to invalidate for: one sorted array per parent, which an attach merges anew
 * (15a2a5645ad7, e3a56b37bf75, b77429757e45, 587bb3e56a2c, 4202fddd01c7, since v7.1; docs/domain.md, 5.3).
 *
 * <p>An entry is a StreamID in the upper half and its users in the lower: a replace within one parent is a second user
 * for a while. Nobody walks the arrays here, so the old one is left to the collector in the place of kfree_rcu().
 *
 * <p>Threading: under the driver-global attach lock.
 */
final class InvalidationArrays {
    private static final long[] EMPTY = {};

    private final Map<ParentDomain, long[]> arrays = new HashMap<>();
    private final Map<HostDevice, ParentDomain> parents = new HashMap<>();
    /** Taken for writing by each attach; its readers are unmaps with ATS. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /**
     * Before the entry is written: publishes an array with the streams of a device.
     *
     * @return the parent that the device was in before, for {@link #leave}; null for none.
     */
    ParentDomain join(BoundDevice device, ParentDomain parent) {
        long[] merged = of(parent);
        for (int streamId : device.streamIds()) {
            merged = merged(merged, streamId);
        }
        arrays.put(parent, merged);
        return parents.put(device.host(), parent);
    }

    /** After the commit: takes the streams of a device out of a parent's array. */
    void leave(BoundDevice device, ParentDomain parent) {
        lock.writeLock().lock();
        try {
            long[] left = of(parent);
            for (int streamId : device.streamIds()) {
                left = without(left, streamId);
            }
            if (left.length == 0) {
                arrays.remove(parent);
            } else {
                arrays.put(parent, left);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The device is in no nested domain any more. */
    void leaveAll(BoundDevice device) {
        ParentDomain parent = parents.remove(device.host());
        if (parent != null) {
            leave(device, parent);
        }
    }

    /** The array of a parent, empty if nothing is attached to it. */
    long[] of(ParentDomain parent) {
        return arrays.getOrDefault(parent, EMPTY);
    }

    private static long[] merged(long[] old, int streamId) {
        int at = place(old, streamId);
        boolean known = at < old.length && (int) (old[at] >>> Integer.SIZE) == streamId;
        long[] next = new long[old.length + (known ? 0 : 1)];
        System.arraycopy(old, 0, next, 0, at);
        next[at] = known ? old[at] + 1 : (long) streamId << Integer.SIZE | 1;
        System.arraycopy(old, known ? at + 1 : at, next, at + 1, next.length - at - 1);
        return next;
    }

    private static long[] without(long[] old, int streamId) {
        int at = place(old, streamId);
        if ((int) old[at] > 1) {
            old[at]--;
            return old;
        }
        long[] next = new long[old.length - 1];
        System.arraycopy(old, 0, next, 0, at);
        System.arraycopy(old, at + 1, next, at, next.length - at);
        return next;
    }

    /** Where a StreamID stands or would stand: the merge of the driver goes through the whole array, too. */
    private static int place(long[] array, int streamId) {
        int at = 0;
        while (at < array.length && Integer.compareUnsigned((int) (array[at] >>> Integer.SIZE), streamId) < 0) {
            at++;
        }
        return at;
    }
}
