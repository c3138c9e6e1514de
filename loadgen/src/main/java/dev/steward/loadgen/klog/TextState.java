package dev.steward.loadgen.klog;

/** How much of a message the text holds. */
enum TextState {
    /** All of it. */
    WHOLE,
    /** What is there is right, and then the text ends: the next line may go on. */
    CUT,
    /** Something else stands where a part of the message should be. */
    DAMAGED
}
