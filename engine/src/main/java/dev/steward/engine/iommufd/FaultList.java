package dev.steward.engine.iommufd;

import java.util.ArrayDeque;
import java.util.List;

/** The unread faults of a queue in order, with its spinlock, and the faults that wait for reuse. */
final class FaultList {
    private static final int LOCK_LENGTH = 64;

    private final SpinLock lock = new SpinLock(ObjectMemory.allocate(LOCK_LENGTH, "a fault queue"), 0);

    // Under the lock; the counts are read without it.
    private final ArrayDeque<Fault> unread = new ArrayDeque<>();
    private final ArrayDeque<Fault> spare = new ArrayDeque<>();
    private volatile long reported;
    private volatile long reportedLate;

    /** True if the list was empty. */
    boolean append(
        AttachHandle handle, int streamId, int group, int flags, int pasid, int permission, long address, long stamp) {
        lock.lock();
        try {
            Fault fault = spare.isEmpty() ? new Fault() : spare.poll();
            fault.handle = handle;
            fault.streamId = streamId;
            fault.group = group;
            fault.flags = flags | FaultLayout.FLAG_LAST_PAGE;
            fault.pasid = pasid;
            fault.permission = permission;
            fault.address = address;
            fault.stamp = stamp;
            fault.cookie = 0;
            reported++;
            reportedLate += handle.released() ? 1 : 0;
            boolean wasEmpty = unread.isEmpty();
            unread.add(fault);
            return wasEmpty;
        } finally {
            lock.unlock();
        }
    }

    Fault poll() {
        lock.lock();
        try {
            return unread.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Moves all faults of a handle, or of any if it is null, in one pass: reporters wait meanwhile. */
    void removeOf(AttachHandle handle, List<Fault> into) {
        lock.lock();
        try {
            unread.removeIf(fault -> (handle == null || fault.handle == handle) && into.add(fault));
        } finally {
            lock.unlock();
        }
    }

    void recycle(Fault fault) {
        lock.lock();
        try {
            fault.handle = null;
            spare.push(fault);
        } finally {
            lock.unlock();
        }
    }

    boolean readable() {
        lock.lock();
        try {
            return !unread.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    long reported() {
        return reported;
    }

    long reportedLate() {
        return reportedLate;
    }
}
