package dev.steward.reports.folder;

import java.util.List;

/**
 * One finished, readable cell with its raw data. Immutable.
 *
 * @param json       what its JSON says
 * @param valid      whether both {@code run.json} and the cell's own JSON let it count
 * @param reasons    why it is not valid; empty if it is
 * @param histograms raw data
 */
public record Cell(CellRecord json, boolean valid, List<String> reasons, CellHistograms histograms) {
    /** Copies the list. */
    public Cell {
        reasons = List.copyOf(reasons);
    }
}
