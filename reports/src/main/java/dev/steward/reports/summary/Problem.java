package dev.steward.reports.summary;

import dev.steward.reports.read.CellLoss;
import dev.steward.reports.read.MissingCell;
import dev.steward.reports.read.ResultFolder;
import dev.steward.results.CellRecord;
import dev.steward.results.CellResult;
import dev.steward.results.CellHistograms;
import dev.steward.results.Reason;
import dev.steward.results.RunManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A planned cell that is not among the figures; one of a floor whose oracles saw violations, as they must, is among
 * them. Immutable.
 *
 * @param cellId  of the cell
 * @param kind    of problem
 * @param reasons in words
 * @param part    what its damaged log still holds, null if nothing or if it is whole
 */
public record Problem(String cellId, CellLoss kind, List<String> reasons, CellHistograms part) {
    /** {@return problems in the order the cells ran} */
    static List<Problem> of(ResultFolder folder) {
        Map<String, Boolean> ranked = new HashMap<>();
        folder.run().strategies().forEach(strategy -> ranked.put(strategy.name(), strategy.ranked()));
        Map<String, Problem> byId = new HashMap<>();
        for (CellResult cell : folder.cells()) {
            if (ranked.get(cell.json().strategy()) ? !cell.valid() : !cell.keptSchedule()) {
                byId.put(cell.json().id(), new Problem(cell.json().id(),
                    cell.json().status() == CellRecord.Status.DISTURBED ? CellLoss.DISTURBED : CellLoss.INVALID,
                    cell.reasons().stream().map(Reason::sentence).toList(), null));
            }
        }
        for (MissingCell cell : folder.missing()) {
            byId.put(cell.id(), new Problem(cell.id(), cell.kind(), cell.reasons(), cell.part()));
        }
        return folder.run().cells().stream().map(RunManifest.PlannedCell::id).filter(byId::containsKey)
            .map(byId::get).toList();
    }
}
