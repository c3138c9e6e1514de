package dev.steward.strategy;

/** Memory of a guard, which counts it in its footprint and frees it when it is closed. */
interface Memory {
    long lengthBytes();

    /** Frees it at once if it is off the heap. Repeatable. */
    default void free() {
        // the collector has it
    }
}
