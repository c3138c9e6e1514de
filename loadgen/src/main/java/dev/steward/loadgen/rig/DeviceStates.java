package dev.steward.loadgen.rig;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the attach threads let the event side know of each stream, to judge deliveries by.
 *
 * <p>Threading: per stream one writer, the attach thread that owns it; any readers.
 */
final class DeviceStates {
    private final AtomicIntegerArray virtualStreamIds;
    private final AtomicIntegerArray detached;

    DeviceStates(int streams) {
        virtualStreamIds = new AtomicIntegerArray(streams);
        detached = new AtomicIntegerArray(streams);
    }

    /** The vDEVICE of the stream has this id as soon as it is there; the one before is gone. */
    void virtualStreamId(int stream, int id) {
        virtualStreamIds.set(stream, id);
    }

    int virtualStreamId(int stream) {
        return virtualStreamIds.get(stream);
    }

    /** A detach begins, or, with false, an attach after it. */
    void detached(int stream, boolean now) {
        detached.set(stream, now ? 1 : 0);
    }

    boolean detached(int stream) {
        return detached.get(stream) != 0;
    }
}
