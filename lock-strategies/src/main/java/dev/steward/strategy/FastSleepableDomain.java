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
    Section section(int slot) {
        return new ParitySection(this, slot) {
            @Override
            public void enter() {
                current().announceRelease(INSIDE);
                AsymmetricFence.light();
            }

            @Override
            public void exit() {
                entered().clearRelease();
            }
        };
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
