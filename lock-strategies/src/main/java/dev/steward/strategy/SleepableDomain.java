package dev.steward.strategy;

import dev.steward.engine.smmu.GracePeriodInput;
import java.lang.invoke.VarHandle;

/**
 * Classic SRCU, srcu_read_lock(): a reader pays a full fence on its way in and one on its way out.
 *
 * <p>synchronize_srcu() of an idle domain expedites itself: when the last grace period ended at least
 * srcutree.exp_holdoff (25 us) ago, none is under way and nothing waits to be freed, a writer waits for readers only
 * (docs/domain.md, 8.3). Otherwise its grace period takes that of the input, too: the kernel's waits there for no
 * synchronize_rcu() but for delays of SRCU's own, and how long those take in all has no source.
 */
final class SleepableDomain extends SrcuGracePeriods {
    static final long EXP_HOLDOFF_NS = 25_000;

    SleepableDomain(int maxReaders, GracePeriodInput input) {
        super(maxReaders, input);
    }

    @Override
    Section section(int slot) {
        return new ParitySection(this, slot) {
            @Override
            public void enter() {
                current().announceFenced(INSIDE);
            }

            @Override
            public void exit() {
                VarHandle.fullFence();
                entered().clearRelease();
            }
        };
    }

    @Override
    void fence() {
        VarHandle.fullFence();
    }

    @Override
    int periodsOfInput() {
        return idleFor(EXP_HOLDOFF_NS) ? 0 : 1;
    }
}
