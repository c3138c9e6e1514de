package dev.steward.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One finished, readable cell with its raw data. Immutable.
 *
 * @param valid      whether both {@code run.json} and the cell's own JSON let it count
 * @param reasons    why it is not valid; empty if it is
 */
public record CellResult(CellRecord json, boolean valid, List<Reason> reasons, CellHistograms histograms) {
    /** Copies the list. */
    public CellResult {
        reasons = List.copyOf(reasons);
    }

    /**
     * Reads one cell apart from its run.
     *
     * @param json its file; the interval log lies beside it under the same name
     * @return the cell, judged by its own file alone
     * @throws IOException if either file cannot be read
     */
    public static CellResult read(Path json) throws IOException {
        CellRecord cell = CellRecord.read(json);
        return new CellResult(cell, cell.status() == CellRecord.Status.OK, cell.reasons(),
            HlogReader.read(json.resolveSibling(cell.id() + ".hlog")));
    }

    /**
     * Whether the cell kept its schedule, whatever its oracles saw: good enough for the floor, which is wrong
     * by its nature, and for nothing else.
     *
     * @return true if it is valid, or if violated oracles are all that is wrong with it
     */
    public boolean keptSchedule() {
        return valid || reasons.stream().allMatch(reason -> reason.kind() == Reason.Kind.ORACLE);
    }

    /** The same with its probes in classes. */
    CellResult placed(List<CellRecord.Placement> probes) {
        return probes.equals(json.placement()) ? this : new CellResult(json.placed(probes), valid, reasons, histograms);
    }
}
