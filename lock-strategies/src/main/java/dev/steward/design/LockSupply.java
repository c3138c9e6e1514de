package dev.steward.design;

import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;

/** Where the locks of a design come from. A test puts recording ones in their place; a run has them plain. */
@FunctionalInterface
interface LockSupply {
    /** The locks themselves. */
    LockSupply PLAIN = (lockClass, lock, maxReaders) -> lock.sectionLock().create(maxReaders);

    /**
     * Makes a lock.
     *
     * @param lockClass  part that it plays.
     * @param lock       its algorithm, a lock-shaped strategy.
     * @param maxReaders reader ids are below this.
     * @return free.
     */
    SectionLock create(LockClass lockClass, LockStrategy lock, int maxReaders);
}
