package dev.steward.reports.summary;

import dev.steward.reports.read.MissingCell;
import dev.steward.reports.read.ResultFolder;
import dev.steward.results.CellResult;
import dev.steward.results.CellHistograms;
import dev.steward.results.Reason;
import dev.steward.results.RunManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A planned cell that is not among the figures. Immutable.
 *
 * @param cellId  of the cell
 * @param kind    of problem
 * @param ranked  false if its strategy is a floor or a negative control, of which the latter is meant to be INVALID
 * @param reasons in words
 * @param part    what its damaged log still holds, null if nothing or if it is whole
 */
public record Problem(String cellId, Kind kind, boolean ranked, List<String> reasons, CellHistograms part) {
    /** Copies the list. */
    public Problem {
        reasons = List.copyOf(reasons);
    }

    /** {@return problems in the order the cells ran} */
    static List<Problem> of(ResultFolder folder) {
        Map<String, Boolean> ranked = new HashMap<>();
        folder.run().strategies().forEach(strategy -> ranked.put(strategy.name(), strategy.ranked()));
        Map<String, Problem> byId = new HashMap<>();
        for (CellResult cell : folder.cells()) {
            if (!cell.valid()) {
                byId.put(cell.json().id(), new Problem(cell.json().id(), Kind.INVALID,
                    ranked.get(cell.json().strategy()),
                    cell.reasons().stream().map(Reason::sentence).toList(), null));
            }
        }
        for (MissingCell cell : folder.missing()) {
            byId.put(cell.id(), new Problem(cell.id(), Kind.of(cell.kind()), ranked.get(cell.strategy()),
                cell.reasons(), cell.part()));
        }
        return folder.run().cells().stream().map(RunManifest.PlannedCell::id).filter(byId::containsKey)
            .map(byId::get).toList();
    }

    /** Why a cell is not among the figures. */
    public enum Kind {
        /** Finished, and not to be believed. */
        INVALID,
        /** Its JVM ended without a result. */
        FAILED,
        /** Finished, but a file is missing or damaged. */
        UNREADABLE,
        /** Finished, but its log is damaged from some line on. */
        PARTIAL,
        /** The run ended before it. */
        NOT_RUN;

        private static Kind of(MissingCell.Kind kind) {
            return switch (kind) {
                case FAILED -> FAILED;
                case UNREADABLE -> UNREADABLE;
                case PARTIAL -> PARTIAL;
                case NOT_RUN -> NOT_RUN;
            };
        }
    }
}
