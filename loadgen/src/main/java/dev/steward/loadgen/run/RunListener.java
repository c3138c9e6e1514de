package dev.steward.loadgen.run;

import dev.steward.results.RunManifest;

/** Told how a comparison goes on, for a progress display. Called by the thread that runs it. */
public interface RunListener {
    /** Before the first cell; they will take about so many milliseconds. */
    void planned(int cells, long estimateMs);

    /** A cell starts. */
    void cellStarted(String id);

    /** A cell has ended. */
    void cellEnded(String id, RunManifest.CellStatus status);
}
