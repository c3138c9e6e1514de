package dev.steward.strategy;

import java.lang.invoke.VarHandle;

/**
 * Grace periods by an epoch that writers advance and readers announce: what {@link EpochDomain} and
 * {@link QuiescentStates} share. They differ in when a reader announces and when it withdraws.
 *
 * <p>A writer that has published a new state advances the epoch and waits until no slot holds an older one: every
 * reader that could have seen the old state has then withdrawn. Why no reader is missed: announcing is a store with a
 * full fence behind it, advancing has a full fence behind it too, so of a reader that comes and a writer that looks at
 * least one sees the other; a reader the writer did not see loads the published pointer after the writer's fence, thus
 * the new one.
 */
abstract class EpochGracePeriods extends GracePeriods {
    private static final long FIRST_EPOCH = 1;

    private final PaddedLong epoch = new PaddedLong();

    EpochGracePeriods(int maxReaders) {
        super(new ReaderSlots(maxReaders));
        epoch.setVolatile(FIRST_EPOCH);
    }

    final void announce(int slot) {
        slots.announceFenced(slot, epoch.getAcquire());
    }

    @Override
    public final long start() {
        long newEpoch = epoch.getAndAdd(1) + 1;
        VarHandle.fullFence();
        return newEpoch;
    }

    @Override
    public final boolean elapsed(long ticket) {
        return slots.noneOlderThan(ticket);
    }

    @Override
    public final long lengthBytes() {
        return slots.lengthBytes() + PaddedLong.LENGTH_BYTES;
    }
}
