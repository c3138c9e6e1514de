package dev.steward.cli;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;

/** Is called as a variant of another would be. */
public final class ColonStrategy implements Strategy {
    @Override
    public StrategyDescription description() {
        StrategyDescription mutex = LockStrategy.MUTEX.description();
        return mutex.varied("mutex:mine", mutex.quiescence(), mutex.allocationFree());
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return LockStrategy.MUTEX.create(context);
    }
}
