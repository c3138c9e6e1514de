package dev.steward.loadgen.record;

/** The one clock of a cell: monotonic nanoseconds. */
@FunctionalInterface
public interface Clock {
    /** The clock of a real run. */
    Clock SYSTEM = System::nanoTime;

    long nowNs();
}
