package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.ParentDomain;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Whom an unmap of a parent domain has to invalidate for: one sorted array per parent, which an attach merges anew
 * (15a2a5645ad7, e3a56b37bf75, b77429757e45, 587bb3e56a2c, 4202fddd01c7, since v7.1; docs/domain.md, 5.3).
 *
 * <p>An entry is a StreamID in the upper half and its users in the lower: a replace within one parent is a second user
 * for a while. Nobody walks the arrays here, so the old one takes the next merge where the driver gives it to
 * kfree_rcu(): an attach copies the whole array as the driver does, and leaves nothing to the collector.
 *
 * <p>Threading: under the driver-global attach lock.
 */
final class InvalidationArrays {
    private static final long[] EMPTY = {};

    private final Map<ParentDomain, Merged> arrays = new HashMap<>();
    private final Map<HostDevice, ParentDomain> parents = new HashMap<>();
    /** Taken for writing by each attach; its readers are unmaps with ATS. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /**
     * Before the entry is written: publishes an array with the streams of a device.
     *
     * @return the parent that the device was in before, for {@link #leave}; null for none.
     */
    ParentDomain join(BoundDevice device, ParentDomain parent) {
        Merged merged = arrays.computeIfAbsent(parent, unknown -> new Merged());
        for (int streamId : device.streamIds()) {
            merged.add(streamId);
        }
        return parents.put(device.host(), parent);
    }

    /** After the commit: takes the streams of a device out of a parent's array. */
    void leave(BoundDevice device, ParentDomain parent) {
        lock.writeLock().lock();
        try {
            Merged left = arrays.get(parent);
            for (int streamId : device.streamIds()) {
                left.remove(streamId);
            }
            if (left.size == 0) {
                arrays.remove(parent);
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

    /** A copy of the array of a parent, empty if nothing is attached to it. */
    long[] of(ParentDomain parent) {
        Merged merged = arrays.get(parent);
        return merged == null ? EMPTY : Arrays.copyOf(merged.entries, merged.size);
    }

    /** The array of one parent, and the one that takes the next merge. */
    private static final class Merged {
        private static final int FIRST_LENGTH = 8;

        private long[] entries = new long[FIRST_LENGTH];
        private long[] next = new long[FIRST_LENGTH];
        private int size;

        void add(int streamId) {
            int at = place(streamId);
            boolean known = at < size && (int) (entries[at] >>> Integer.SIZE) == streamId;
            int grown = known ? size : size + 1;
            if (next.length < grown) {
                next = new long[2 * next.length];
            }
            System.arraycopy(entries, 0, next, 0, at);
            next[at] = known ? entries[at] + 1 : (long) streamId << Integer.SIZE | 1;
            System.arraycopy(entries, known ? at + 1 : at, next, at + 1, grown - at - 1);
            publish(grown);
        }

        void remove(int streamId) {
            int at = place(streamId);
            if ((int) entries[at] > 1) {
                entries[at]--;
                return;
            }
            System.arraycopy(entries, 0, next, 0, at);
            System.arraycopy(entries, at + 1, next, at, size - at - 1);
            publish(size - 1);
        }

        private void publish(int newSize) {
            long[] old = entries;
            entries = next;
            next = old;
            size = newSize;
        }

        /** Where a StreamID stands or would stand: the merge of the driver goes through the whole array, too. */
        private int place(int streamId) {
            int at = 0;
            while (at < size && Integer.compareUnsigned((int) (entries[at] >>> Integer.SIZE), streamId) < 0) {
                at++;
            }
            return at;
        }
    }
}
