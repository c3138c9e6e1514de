package dev.steward.strategy;

/** What an attach does about the readers of what it replaced. */
enum AttachMode {
    /** Waits for them. */
    SYNC,
    /** Leaves the memory to be freed later; the destroy of a vIOMMU waits. */
    DEFERRED
}
