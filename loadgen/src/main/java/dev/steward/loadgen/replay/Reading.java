package dev.steward.loadgen.replay;

/** What became of a line. */
enum Reading {
    /** Of another kind: another reader may know it. */
    NOT_MINE,
    /** Read as a whole. */
    USED,
    /** What is there is right, and then the line ends: the next one may go on. */
    CUT,
    /** Of this kind, but something else stands where a part of it should be. */
    DAMAGED,
    /** Of this kind and whole, but it has no place in a replay; the finding says why. */
    SKIPPED
}
