package dev.steward.reports;

import java.util.List;

/**
 * A crossover map: for each point of a grid of scenarios the strategy with the lowest figure. A table, so that it needs
 * no script and can be read aloud; the colours only repeat what its cells say.
 *
 * @param id      letters and dashes, unique in the page
 * @param corner  what rows and columns are
 */
record HeatMap(String id, String title, String about, String corner, List<String> columns, List<Row> rows) {
    /** One row, under the value of the setting that differs from row to row. */
    record Row(String head, List<Cell> cells) {
    }

    /**
     * One point of the grid.
     *
     * @param name   strategy, or several where their repeats overlap; a dash where nothing was measured
     * @param colour number of the strategy, which fixes its colour; -1 for none
     */
    record Cell(String name, String detail, int colour) {
    }
}
