package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;

/**
 * Grace periods with two counters per reader, as sleepable RCU has them per CPU (McKenney 2006, "Sleepable RCU";
 * kernel/rcu/srcutree.c). A reader counts itself in at the parity that is current, and out at the same parity. How long
 * it stays inside, and whether it sleeps there, is no concern of other domains.
 *
 * <p>A grace period waits until nobody is counted at the idle parity, swaps the parities, and waits until nobody is
 * counted at the one that is idle now. The first wait catches readers that read the parity long ago and counted
 * themselves in late. Here it proceeds as it is asked whether it has elapsed, one step as far as it gets.
 *
 * <p>A slot has one reader, so a count is 0 or 1; the parity of the section under way stands in the reader's own word.
 */
abstract class SrcuGracePeriods extends GracePeriods {
    static final long INSIDE = 1;

    private static final int IDLE_STEP = 0;
    private static final int BEFORE_SWAP = 1;
    private static final int AFTER_SWAP = 2;

    private final PaddedLong parity = new PaddedLong();
    private final ReaderSlots odd;
    // All under the monitor.
    private int step = IDLE_STEP;
    private long started;
    private long completed;
    private long lastEndNs;

    SrcuGracePeriods(int maxReaders, GracePeriodInput input) {
        super(new ReaderSlots(maxReaders), input);
        odd = new ReaderSlots(maxReaders);
        lastEndNs = input.nowNs();
    }

    private ReaderSlots counters(long ofParity) {
        return ofParity == 0 ? slots : odd;
    }

    /** Remembers the parity at which it has counted itself in. */
    abstract static class ParitySection extends Section {
        private final PaddedLong parity;
        private final ReaderSlots.Slot odd;

        ParitySection(SrcuGracePeriods of, int slot) {
            super(of.slots, slot);
            parity = of.parity;
            odd = new ReaderSlots.Slot(of.odd, slot);
        }

        /** {@return where to count in from now on} */
        final ReaderSlots.Slot current() {
            ownWordPlain(parity.getAcquire());
            return entered();
        }

        /** {@return where the section under way is counted} */
        final ReaderSlots.Slot entered() {
            return ownWordPlain() == 0 ? this : odd;
        }
    }

    /** The writer's side of the fence that readers have between counting themselves in and their first load. */
    abstract void fence();

    /** If a grace period is under way, the next one is the first that begins after this call. */
    @Override
    public final synchronized long start() {
        long ticket = completed + (step == IDLE_STEP ? 1 : 2);
        started = Math.max(started, ticket);
        return ticket;
    }

    @Override
    public final synchronized boolean elapsed(long ticket) {
        while (completed < ticket && proceeded()) {
            // as far as it goes
        }
        return completed >= ticket;
    }

    private boolean proceeded() {
        switch (step) {
            case IDLE_STEP:
                fence();
                step = BEFORE_SWAP;
                return true;
            case BEFORE_SWAP:
                if (!counters(1 - parity.getPlain()).allIdle()) {
                    return false;
                }
                parity.setVolatile(1 - parity.getPlain());
                fence();
                step = AFTER_SWAP;
                return true;
            default:
                if (!counters(1 - parity.getPlain()).allIdle()) {
                    return false;
                }
                step = IDLE_STEP;
                completed++;
                lastEndNs = input.nowNs();
                return true;
        }
    }

    /**
     * Whether none is under way or waited for, and none has been for at least this time. One that was only started
     * proceeds when somebody asks for it, and until then the domain is not idle; in the kernel it ends by itself.
     */
    final synchronized boolean idleFor(long ns) {
        return started == completed && input.nowNs() - lastEndNs >= ns;
    }

    @Override
    public final long lengthBytes() {
        return slots.lengthBytes() + odd.lengthBytes() + PaddedLong.LENGTH_BYTES;
    }
}
