package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;

/**
 * Grace periods by an epoch that writers advance and readers announce: what {@link EpochDomain} and {@link
 * QuiescentStates} share. They differ in when a reader announces and when it withdraws.
 *
 * <p>A writer that has published a new state advances the epoch and waits until no slot holds an older one: every
 * reader that could have seen the old state has then withdrawn. Why no reader is missed: a reader announces, light
 * fence, then loads the published pointer; a writer publishes and advances the epoch, heavy fence, then looks at the
 * slots. At least one sees the other, and a reader the writer did not see loads the pointer after the writer's fence,
 * thus the new one. As with rcu_read_lock() the reader has no fence instruction: {@link AsymmetricFence}.
 *
 * <p>The heavy fence comes with the first look after a start, so that a writer that only starts grace periods, to free
 * something later, interrupts nobody for each. One fence does for all tickets before it.
 */
abstract class EpochGracePeriods extends GracePeriods {
    private static final long FIRST_EPOCH = 1;

    private final PaddedLong epoch = new PaddedLong();
    /** A heavy fence has come after the epoch became this. */
    private final PaddedLong fenced = new PaddedLong();

    EpochGracePeriods(int maxReaders, GracePeriodInput input) {
        super(new ReaderSlots(maxReaders), input);
        epoch.setVolatile(FIRST_EPOCH);
    }

    /** Announces the epoch it sees. */
    abstract static class EpochSection extends Section {
        private final PaddedLong epoch;

        EpochSection(EpochGracePeriods of, int slot) {
            super(of.slots, slot);
            epoch = of.epoch;
        }

        final void announce() {
            announceRelease(epoch.getAcquire());
            AsymmetricFence.light();
        }
    }

    @Override
    public final long start() {
        return epoch.getAndAdd(1) + 1;
    }

    @Override
    public final boolean elapsed(long ticket) {
        if (fenced.getAcquire() < ticket) {
            long upTo = epoch.getVolatile();
            AsymmetricFence.heavy();
            // Two writers may leave the lesser of their values: then somebody fences once more than needed.
            fenced.setRelease(upTo);
        }
        return slots.noneOlderThan(ticket);
    }

    @Override
    public final long lengthBytes() {
        return slots.lengthBytes() + 2 * PaddedLong.LENGTH_BYTES;
    }
}
