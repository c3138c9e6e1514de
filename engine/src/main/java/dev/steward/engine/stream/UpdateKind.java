package dev.steward.engine.stream;

/** How an entry came from its old value to its target. */
public enum UpdateKind {
    /** It already was the target: no store, no sync. */
    UNCHANGED,
    /** Transactions saw the old or the new configuration, nothing else. */
    HITLESS,
    /** Transactions met V = 0 in between, and raised C_BAD_STE. */
    DISRUPTIVE
}
