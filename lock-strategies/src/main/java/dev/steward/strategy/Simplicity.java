package dev.steward.strategy;

import java.util.OptionalInt;

/**
 * How much one has to know to see that a strategy is right, the simplest first. Where measurement finds no difference,
 * the simplest is recommended; strategies of one kind stand in the order in which they are listed.
 */
public enum Simplicity {
    /** One at a time; waiters sleep. */
    MUTEX,
    /** Readers beside each other; waiters sleep. */
    READER_WRITER_SEMAPHORE,
    /** Waiters spin, so the holder must not sleep. */
    SPINNING_LOCK,
    /** A count on what is in use. */
    REFERENCE_COUNT,
    /** Publish, wait for the readers, free: with the kernel's own grace periods. */
    RCU,
    /** The same with a home-made way to know the readers: hazard slots, epochs, hand-over. */
    OWN_GRACE_PERIOD,
    /** Readers look and validate. */
    SEQUENCE_LOCK,
    /** Many records copied for a change of one. */
    COPY_ON_WRITE,
    /** For a strategy that does not say. */
    UNKNOWN;

    /** The place in the order, 1 for the simplest; empty for a strategy that does not say, which comes last. */
    public OptionalInt place() {
        return this == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(ordinal() + 1);
    }
}
