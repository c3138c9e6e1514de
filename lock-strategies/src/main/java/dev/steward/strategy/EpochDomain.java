package dev.steward.strategy;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Epoch-based grace periods (Fraser 2004, "Practical lock-freedom", chapter 5; the synchronous wait as in RCU).
 *
 * <p>A reader announces the epoch it saw when it enters and clears its slot when it leaves. A writer that has
 * published a new state advances the epoch and waits until no slot holds an older one: every reader that could have
 * seen the old state has then left. Readers never wait. Why no reader is missed: announcing is a store with a full
 * fence behind it, advancing has a full fence behind it too, so of a reader that enters and a writer that looks at
 * least one sees the other; a reader the writer did not see loads the published pointer after the writer's fence,
 * thus the new one.
 *
 * <p>Threading: any number of readers, one writer at a time (the caller's lock).
 */
final class EpochDomain {
    private static final int PADDING = OffHeap.PADDED_LENGTH / Long.BYTES;
    private static final long FIRST_EPOCH = 1;

    private final ReaderSlots slots;
    /** The epoch stands in the middle of two lines of nothing: readers load it for every event. */
    private final AtomicLongArray epoch = new AtomicLongArray(2 * PADDING + 1);

    EpochDomain(int maxReaders) {
        slots = new ReaderSlots(maxReaders);
        epoch.set(PADDING, FIRST_EPOCH);
    }

    int register() {
        return slots.claim();
    }

    void deregister(int slot) {
        slots.release(slot);
    }

    void enter(int slot) {
        slots.announceFenced(slot, epoch.getAcquire(PADDING));
    }

    void exit(int slot) {
        slots.clearRelease(slot);
    }

    /** Waits for all readers that entered before the call. The caller has published the new state before. */
    void synchronize() {
        long newEpoch = epoch.incrementAndGet(PADDING);
        VarHandle.fullFence();
        for (int slot = 0; slot < slots.count(); slot++) {
            awaitSlot(slot, newEpoch);
        }
    }

    private void awaitSlot(int slot, long newEpoch) {
        for (int round = 0; ; round++) {
            long seen = slots.loadVolatile(slot);
            if (seen == ReaderSlots.IDLE || seen >= newEpoch) {
                return;
            }
            Backoff.pause(round);
        }
    }

    long lengthBytes() {
        return slots.lengthBytes();
    }
}
