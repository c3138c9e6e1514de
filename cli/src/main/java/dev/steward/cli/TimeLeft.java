package dev.steward.cli;

/**
 * Guesses how long the rest of a comparison takes: as planned until a cell has ended, by the mean of the ended cells
 * from then on. Threading: cells end on one thread, any thread may ask.
 */
final class TimeLeft {
    private final int cells;
    private final long plannedMs;
    private int ended;
    private long lastEndMs;

    TimeLeft(int cells, long plannedMs) {
        this.cells = cells;
        this.plannedMs = plannedMs;
    }

    /** A cell has ended. */
    synchronized int cellEnded(long elapsedMs) {
        lastEndMs = elapsedMs;
        return ++ended;
    }

    /** Milliseconds until the last cell ends, at least 0. */
    synchronized long leftMs(long elapsedMs) {
        long wholeMs = ended == 0 ? plannedMs : Math.round((double) lastEndMs / ended * cells);
        return ended == cells ? 0 : Math.max(0, wholeMs - elapsedMs);
    }
}
