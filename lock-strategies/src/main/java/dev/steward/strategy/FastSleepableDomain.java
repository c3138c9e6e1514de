package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;

/**
 * SRCU-fast, srcu_read_lock_fast() (v6.15): a reader has no fence, as the writer pays for it. Each of the two scans of
 * a grace period has a synchronize_rcu() where classic SRCU has a fence, and it never expedites itself
 * (docs/domain.md, 8.3).
 */
final class FastSleepableDomain extends SrcuGracePeriods {
    private static final int SCANS = 2;

    FastSleepableDomain(int maxReaders, GracePeriodInput input) {
        super(maxReaders, input);
    }

    @Override
    public void enter(int slot) {
        long now = parity.getAcquire();
        slots.ownWordPlain(slot, now);
        counters(now).announceRelease(slot, INSIDE);
        AsymmetricFence.light();
    }

    @Override
    public void exit(int slot) {
        counters(slots.ownWordPlain(slot)).clearRelease(slot);
    }

    @Override
    void fence() {
        AsymmetricFence.heavy();
    }

    @Override
    int periodsOfInput() {
        return SCANS;
    }
}
