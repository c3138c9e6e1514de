package dev.steward.design;

import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.SectionLock;
import java.util.Set;

/**
 * What a design's guard is built from.
 *
 * @param locks      where its locks come from: plain ones, or a test's that record what is taken.
 * @param twoLookUps whether its handler looks the master up before it decodes the event, and again to report it.
 */
record DesignParts(GuardContext context, Locks locks, boolean twoLookUps) {
    /** The lock of the SMMU's tree of streams, or of its table: {@code streams_mutex} and what was proposed for it. */
    static final String STREAMS = "streams";
    /** The lock of one master, inside the former. */
    static final String MASTER = "master";

    static final Locks PLAIN = plain(Set.of());

    /** Locks of which some have another shape than by default. */
    static Locks plain(Set<String> shapes) {
        return (lockClass, lock, context) -> lock.sectionLock(shapes).create(context);
    }

    SectionLock newLock(String lockClass, LockStrategy lock) {
        return locks.create(lockClass, lock, context);
    }

    /** Makes locks, each of a class in the sense of lockdep and with the algorithm of a lock-shaped strategy. */
    @FunctionalInterface
    interface Locks {
        SectionLock create(String lockClass, LockStrategy lock, GuardContext context);
    }
}
