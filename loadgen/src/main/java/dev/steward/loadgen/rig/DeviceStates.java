package dev.steward.loadgen.rig;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the attach threads let the event side know of each device, to judge deliveries by.
 *
 * <p>Threading: per device one writer, the attach thread that owns it; any readers.
 */
final class DeviceStates {
    private final AtomicIntegerArray virtualStreamIds;
    private final AtomicIntegerArray detached;

    DeviceStates(int devices) {
        virtualStreamIds = new AtomicIntegerArray(devices);
        detached = new AtomicIntegerArray(devices);
    }

    /** The vDEVICE of the device has this id as soon as it is there; the one before is gone. */
    void virtualStreamId(int device, int id) {
        virtualStreamIds.set(device, id);
    }

    int virtualStreamId(int device) {
        return virtualStreamIds.get(device);
    }

    /** A detach begins, or, with false, an attach after it. */
    void detached(int device, boolean now) {
        detached.set(device, now ? 1 : 0);
    }

    boolean detached(int device) {
        return detached.get(device) != 0;
    }
}
