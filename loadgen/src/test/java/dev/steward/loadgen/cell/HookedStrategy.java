package dev.steward.loadgen.cell;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.util.function.UnaryOperator;

/** A strategy with something around its guards, so that a test can act between their steps. */
record HookedStrategy(Strategy plain, UnaryOperator<AttachmentGuard> around) implements Strategy {
    @Override
    public StrategyDescription description() {
        return plain.description();
    }

    @Override
    public AttachmentGuard create(GuardContext context) {
        return around.apply(plain.create(context));
    }
}
