package dev.steward.engine.event;

/** What became of a record that the hardware wanted to write. */
public enum Production {
    /** It is in the queue. */
    WRITTEN,
    /** A record that says the same is still in the queue: the hardware has merged the two, as STE.MEV allows. */
    MERGED,
    /** The queue was full and the transaction is not stalled: the record is lost. */
    DISCARDED,
    /** The queue was full and the transaction is stalled: it waits outside until its record fits. */
    HELD,
    /** The SMMU holds as many stalled transactions as it can: the device is not let in, no event exists. */
    REFUSED
}
