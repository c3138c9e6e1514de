package dev.steward.engine.smmu;

/** What may happen to a thread that does not get a lock at once, or to one that gives such a lock back. */
public enum ContentionEvent {
    /** It did not get the lock at its first try. */
    CONTENDED,
    /** It looked at the lock once more, and kept its core. */
    SPIN,
    /** It offered its core to others before it looked again. */
    YIELD,
    /** It got the lock past others who were queued. */
    STEAL,
    /** Its release named the next owner, so that nobody could steal. */
    HAND_OFF,
    /** It slept until it was woken, or for a time. */
    SLEEP,
    /** It woke somebody who slept. */
    WAKE_UP
}
