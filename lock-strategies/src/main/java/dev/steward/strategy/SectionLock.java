package dev.steward.strategy;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;

/**
 * A lock that guards a section of look-up and report: what the lock-shaped strategies have in common.
 *
 * <p>Everything before an unlock happens before whatever follows the next lock that excludes it. Not re-entrant.
 * Threading: any number of threads write; a reader id is used by one thread at a time.
 */
public interface SectionLock {
    /**
     * Enters as a reader, beside other readers if the lock can; unless overridden, as the only one.
     *
     * @param reader number of the registered reader, for locks that keep something per reader.
     * @return to be handed to {@link #unlockShared}; what it means is the lock's own business.
     */
    default long lockShared(int reader) {
        return lockExclusive();
    }

    /** Leaves as a reader. */
    default void unlockShared(int reader, long token) {
        unlockExclusive(token);
    }

    /** Enters as the only one. */
    long lockExclusive();

    /** Leaves as a writer. */
    void unlockExclusive(long token);

    /**
     * What the lock had to do, and what it occupies: with everything that it alone refers to, on the heap and off it.
     */
    GuardStatistics statistics();

    /** Frees what it occupies off the heap; nobody is inside or will be. Repeatable. */
    default void close() {
        // the collector has it
    }

    /** Makes the locks of one guard. */
    @FunctionalInterface
    interface Factory {
        /** Makes one lock, for the readers and grace periods of a guard. */
        SectionLock create(GuardContext context);
    }
}
