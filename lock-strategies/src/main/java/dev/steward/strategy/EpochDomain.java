package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;

/**
 * Epoch-based grace periods (Fraser 2004, "Practical lock-freedom", chapter 5; the wait as in RCU): a reader announces
 * the epoch it saw when it enters and clears its slot when it leaves. Readers never wait.
 */
final class EpochDomain extends EpochGracePeriods {
    EpochDomain(int maxReaders, GracePeriodInput input) {
        super(maxReaders, input);
    }

    @Override
    Section section(int slot) {
        return new EpochSection(this, slot) {
            @Override
            public void enter() {
                announce();
            }

            @Override
            public void exit() {
                clearRelease();
            }
        };
    }
}
