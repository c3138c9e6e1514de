package dev.steward.strategy;


/** What kind of algorithm a strategy is. */
public enum Family {
    /** One at a time, readers too. */
    EXCLUSIVE,
    /** Readers beside each other. */
    SHARED,
    /** Readers look, then validate. */
    OPTIMISTIC,
    /** Readers follow a pointer to what does not change. */
    RCU,
    /** Made for the one event handler of an SMMU. */
    SINGLE_READER,
    /** Readers count themselves in and out of the attachment. */
    COUNTED,
    /** No protection: floor and negative control. */
    FLOOR
}
