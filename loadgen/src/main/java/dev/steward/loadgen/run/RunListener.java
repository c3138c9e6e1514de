package dev.steward.loadgen.run;

import dev.steward.results.RunManifest;

/**
 * Told how a comparison goes on, for a progress display. Called by the thread that runs it.
 */
public interface RunListener {
    /**
     * Before the first cell.
     *
     * @param cells      number of cells.
     * @param estimateMs how long they will take, in milliseconds.
     */
    void planned(int cells, long estimateMs);

    /**
     * A cell starts.
     *
     * @param id its name.
     */
    void cellStarted(String id);

    /**
     * A cell has ended.
     *
     * @param id     its name.
     * @param status how it ended.
     */
    void cellEnded(String id, RunManifest.CellStatus status);
}
