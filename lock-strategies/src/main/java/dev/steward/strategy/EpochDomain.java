package dev.steward.strategy;

import java.lang.invoke.VarHandle;

/**
 * Epoch-based grace periods (Fraser 2004, "Practical lock-freedom", chapter 5; the wait as in RCU).
 *
 * <p>A reader announces the epoch it saw when it enters and clears its slot when it leaves. A writer that has published
 * a new state advances the epoch and waits until no slot holds an older one: every reader that could have seen the old
 * state has then left. Readers never wait. Why no reader is missed: announcing is a store with a full fence behind it,
 * advancing has a full fence behind it too, so of a reader that enters and a writer that looks at least one sees the
 * other; a reader the writer did not see loads the published pointer after the writer's fence, thus the new one.
 */
final class EpochDomain extends GracePeriods {
    private static final long FIRST_EPOCH = 1;

    private final PaddedLong epoch = new PaddedLong();

    EpochDomain(int maxReaders) {
        super(new ReaderSlots(maxReaders));
        epoch.setVolatile(FIRST_EPOCH);
    }

    @Override
    void enter(int slot) {
        slots.announceFenced(slot, epoch.getAcquire());
    }

    @Override
    void exit(int slot) {
        slots.clearRelease(slot);
    }

    @Override
    long start() {
        long newEpoch = epoch.getAndAdd(1) + 1;
        VarHandle.fullFence();
        return newEpoch;
    }

    @Override
    boolean elapsed(long ticket) {
        return slots.noneOlderThan(ticket);
    }

    @Override
    long lengthBytes() {
        return slots.lengthBytes() + PaddedLong.LENGTH_BYTES;
    }
}
