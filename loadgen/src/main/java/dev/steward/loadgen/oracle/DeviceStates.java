package dev.steward.loadgen.oracle;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the attach threads let the event side know of each device, to judge deliveries by.
 *
 * <p>Threading: per device one writer, the attach thread that owns it; any readers.
 */
public final class DeviceStates {
    private final AtomicIntegerArray virtualStreamIds;
    private final AtomicIntegerArray detached;
    /** Odd while the attach handle is stored. */
    private final AtomicIntegerArray handles;

    public DeviceStates(int devices) {
        virtualStreamIds = new AtomicIntegerArray(devices);
        detached = new AtomicIntegerArray(devices);
        handles = new AtomicIntegerArray(devices);
    }

    /** The vDEVICE of the device has this id as soon as it is there; the one before is gone. */
    public void virtualStreamId(int device, int id) {
        virtualStreamIds.set(device, id);
    }

    public int virtualStreamId(int device) {
        return virtualStreamIds.get(device);
    }

    /** A detach begins, or, with false, an attach after it. */
    public void detached(int device, boolean now) {
        detached.set(device, now ? 1 : 0);
    }

    public boolean detached(int device) {
        return detached.get(device) != 0;
    }

    /** An attach has returned, or the next detach begins: the handle is there between the two, replaced or not. */
    public void handleChanges(int device) {
        handles.incrementAndGet(device);
    }

    /** Changes of the handle up to now, an odd number if it is stored. */
    int handleChangesOf(int device) {
        return handles.get(device);
    }
}
