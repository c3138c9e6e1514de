package dev.steward.strategy;

import java.lang.invoke.VarHandle;

/**
 * Grace periods with two counters per reader, as sleepable RCU has them per CPU (McKenney 2006, "Sleepable RCU";
 * kernel/rcu/srcutree.c). A reader counts itself in at the parity that is current, with a full fence, and out at the
 * same parity, with a full fence. How long it stays inside, and whether it sleeps there, is no concern of other
 * domains.
 *
 * <p>A grace period waits until nobody is counted at the idle parity, swaps the parities, and waits until nobody is
 * counted at the one that is idle now. The first wait catches readers that read the parity long ago and counted
 * themselves in late. Here it proceeds as it is asked whether it has elapsed, one step as far as it gets.
 *
 * <p>A slot has one reader, so a count is 0 or 1; the parity of the section under way stands in the reader's own word.
 */
final class SleepableDomain extends GracePeriods {
    private static final long INSIDE = 1;
    private static final int IDLE_STEP = 0;
    private static final int BEFORE_SWAP = 1;
    private static final int AFTER_SWAP = 2;

    private final ReaderSlots odd;
    private final PaddedLong parity = new PaddedLong();
    private int step = IDLE_STEP;
    private long completed;

    SleepableDomain(int maxReaders) {
        super(new ReaderSlots(maxReaders));
        odd = new ReaderSlots(maxReaders);
    }

    private ReaderSlots counters(long ofParity) {
        return ofParity == 0 ? slots : odd;
    }

    @Override
    public void enter(int slot) {
        long now = parity.getAcquire();
        slots.ownWordPlain(slot, now);
        counters(now).announceFenced(slot, INSIDE);
    }

    @Override
    public void exit(int slot) {
        VarHandle.fullFence();
        counters(slots.ownWordPlain(slot)).clearRelease(slot);
    }

    /** Under way or not: the period after the one under way is the first that begins after this call. */
    @Override
    public long start() {
        VarHandle.fullFence();
        return completed + (step == IDLE_STEP ? 1 : 2);
    }

    @Override
    public boolean elapsed(long ticket) {
        while (completed < ticket && proceeded()) {
            // as far as it goes
        }
        return completed >= ticket;
    }

    private boolean proceeded() {
        switch (step) {
            case IDLE_STEP:
                step = BEFORE_SWAP;
                return true;
            case BEFORE_SWAP:
                if (!counters(1 - parity.getPlain()).allIdle()) {
                    return false;
                }
                parity.setVolatile(1 - parity.getPlain());
                VarHandle.fullFence();
                step = AFTER_SWAP;
                return true;
            default:
                if (!counters(1 - parity.getPlain()).allIdle()) {
                    return false;
                }
                step = IDLE_STEP;
                completed++;
                return true;
        }
    }

    @Override
    public long lengthBytes() {
        return slots.lengthBytes() + odd.lengthBytes() + PaddedLong.LENGTH_BYTES;
    }
}
