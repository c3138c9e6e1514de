package dev.steward.strategy;

import java.lang.invoke.VarHandle;

/**
 * Grace periods by quiescent states (QSBR: McKenney and Slingwine 1998; Desnoyers et al. 2012): a reader does nothing
 * per section. It comes on-line with its first section, announcing the epoch as {@link EpochDomain} does, and goes
 * off-line when its batch ends. A grace period ends when every reader has been off-line once, or came on-line after it
 * began.
 *
 * <p>So one fence for a batch of events, none for an event; a reader that never ends its batch holds up every grace
 * period. Whether it is on-line a reader knows from its own slot, by a plain load.
 */
final class QuiescentStates extends GracePeriods {
    private static final long FIRST_EPOCH = 1;

    private final PaddedLong epoch = new PaddedLong();

    QuiescentStates(int maxReaders) {
        super(new ReaderSlots(maxReaders));
        epoch.setVolatile(FIRST_EPOCH);
    }

    @Override
    void enter(int slot) {
        if (slots.announcedPlain(slot) == ReaderSlots.IDLE) {
            slots.announceFenced(slot, epoch.getAcquire());
        }
    }

    @Override
    void exit(int slot) {
        // on-line until the batch ends
    }

    @Override
    void quiesce(int slot) {
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
