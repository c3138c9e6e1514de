package dev.steward.loadgen.rig;

/**
 * The one clock of a cell: monotonic nanoseconds.
 */
@FunctionalInterface
interface Clock {
    /** The clock of a real run. */
    Clock SYSTEM = System::nanoTime;

    long nowNs();
}
