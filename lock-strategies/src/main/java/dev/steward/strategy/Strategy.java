package dev.steward.strategy;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import java.util.Optional;

/**
 * A locking strategy that can be entered into a comparison.
 *
 * <p>{@link LockStrategy} lists the ones that come with the suite. A jar of one's own adds more: implement this, put a
 * {@link Description} on the class, name the class in {@code META-INF/services/dev.steward.strategy.Strategy}, put the
 * jar on the class path.
 */
public interface Strategy {
    /**
     * What to print about it.
     *
     * @return constant; unless overridden, what the {@link Description} on the class says.
     * @throws IllegalArgumentException with one line that says what is missing.
     */
    default StrategyDescription description() {
        return StrategyDescription.of(getClass());
    }

    /**
     * Why it cannot run in this JVM: one line, empty if it can. It is listed all the same, and left out where all are
     * asked for.
     */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /**
     * Makes a guard for one SMMU.
     *
     * @throws IllegalStateException with the refusal, if there is one.
     */
    AttachmentGuard create(GuardContext context);

    /**
     * The same algorithm with other values for what may be varied.
     *
     * @param values what stands after the first colon of a name, see {@link Dimension}.
     * @return the variant, whose name says what differs from the default.
     * @throws IllegalArgumentException with one line that says what is allowed.
     */
    default Strategy variant(String values) {
        throw new IllegalArgumentException("'" + description().name() + "' has no variants");
    }
}
