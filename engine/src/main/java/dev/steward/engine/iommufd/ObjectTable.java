package dev.steward.engine.iommufd;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Ids and objects of one {@link Context}: the xarray {@code objects} with its lock.
 *
 * <p>An id is first an empty entry and look-ups see nothing; finalising makes the object visible. A tombstone is an
 * empty entry that stays. The lock is short and belongs to the control path.
 */
final class ObjectTable {
    private static final Object RESERVED = new Object();
    private static final Object TOMBSTONE = new Object();

    private final Int2ObjectHashMap<Object> entries = new Int2ObjectHashMap<>();
    private int tombstones;

    synchronized void reserve(int id) {
        entries.put(id, RESERVED);
    }

    synchronized void abort(int id) {
        entries.remove(id);
    }

    synchronized void finalise(IommufdObject object) {
        entries.put(object.id(), object);
    }

    /** The object with a long pin and a short reference, or -ENOENT as an exception. */
    synchronized <T extends IommufdObject> T acquire(int id, Class<T> type) {
        Object entry = entries.get(id);
        if (!type.isInstance(entry) || !((IommufdObject) entry).acquire()) {
            throw new IommufdException(Errno.ENOENT, "no " + type.getSimpleName() + " with id " + id);
        }
        return type.cast(entry);
    }

    /** Takes a long pin on an object unless it has left the table. */
    synchronized boolean pinIfListed(IommufdObject object) {
        return entries.get(object.id()) == object && object.tryPin();
    }

    /** User-driven destroy up to the point where the object can no longer be found. */
    int destroy(int id) {
        IommufdObject object;
        synchronized (this) {
            Object entry = entries.get(id);
            if (!(entry instanceof IommufdObject)) {
                return -Errno.ENOENT;
            }
            object = (IommufdObject) entry;
            if (!object.dropLastPin()) {
                return -Errno.EBUSY;
            }
            entries.remove(id);
        }
        // With users at 0 a short reference left can only be a release between its two steps.
        object.awaitWaiters(WaitLimit.NEVER);
        object.destroyNow();
        return 0;
    }

    /**
     * Kernel-driven destroy by one who holds a long pin beside the birth pin. On -EBUSY everything is as before and the
     * caller still holds its pin.
     */
    int destroyPinned(IommufdObject object, boolean leaveTombstone, WaitLimit limit) {
        if (!object.awaitWaiters(limit)) {
            return -Errno.EBUSY;
        }
        synchronized (this) {
            object.unpin();
            if (!object.dropLastPin()) {
                object.pin(1);
                object.restoreBirthWaiter();
                return -Errno.EBUSY;
            }
            if (leaveTombstone) {
                entries.put(object.id(), TOMBSTONE);
                tombstones++;
            } else {
                entries.remove(object.id());
            }
        }
        object.destroyNow();
        return 0;
    }

    synchronized int tombstones() {
        return tombstones;
    }

    synchronized int size() {
        return entries.size() - tombstones;
    }

    /** Close of the file: an object that pins another goes first, pass by pass. */
    void destroyAll() {
        boolean progress;
        do {
            progress = false;
            for (int id : ids()) {
                progress |= destroy(id) == 0;
            }
        } while (progress);
    }

    private synchronized List<Integer> ids() {
        List<Integer> ids = new ArrayList<>(entries.keySet());
        // Later objects pin earlier ones, so the first pass nearly always does it all.
        ids.sort((a, b) -> Integer.compare(b, a));
        return ids;
    }
}
