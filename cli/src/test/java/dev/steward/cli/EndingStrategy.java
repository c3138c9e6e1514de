package dev.steward.cli;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;

/** Ends its JVM as if all had gone well, where no hook sees it. */
public final class EndingStrategy implements Strategy {
    @Override
    public StrategyDescription description() {
        StrategyDescription mutex = LockStrategy.MUTEX.description();
        return mutex.varied("ends-jvm", mutex.quiescence(), mutex.allocationFree());
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        Runtime.getRuntime().halt(0);
        throw new AssertionError("the JVM has ended");
    }
}
