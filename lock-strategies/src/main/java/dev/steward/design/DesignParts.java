package dev.steward.design;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;

/**
 * What a design's guard is built from.
 *
 * @param context    streams, readers, devices.
 * @param locks      where its locks come from.
 * @param twoLookUps whether its handler looks the master up before it decodes the event, and again to report it.
 */
record DesignParts(GuardContext context, LockSupply locks, boolean twoLookUps) {
    SectionLock newLock(LockClass lockClass, LockStrategy lock) {
        return locks.create(lockClass, lock, context.maxReaders());
    }
}
