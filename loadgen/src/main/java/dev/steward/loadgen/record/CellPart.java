package dev.steward.loadgen.record;

/**
 * A part of a cell: runs on threads of its own and says afterwards what it saw.
 *
 * <p>Threading: the thread of the cell calls, each method once, in this order.
 */
public interface CellPart {
    /** Starts its threads; a load begins when the window does. */
    void start(Threads threads);

    /**
     * Waits until it has come to its end: a load to that of its schedule, a reader to the last record. The parts that
     * feed it have been stopped.
     *
     * @throws IllegalStateException if a thread of the cell has failed.
     */
    void stop(Threads threads);

    /** Adds its figures, once all threads of the cell have ended. */
    void addTo(CellReport report);
}
