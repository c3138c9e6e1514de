package dev.steward.reports.read;

import dev.steward.results.CellHistograms;
import java.util.List;

/**
 * A planned cell without usable data, or with only a part of it. Immutable.
 *
 * @param kind     why there is none
 * @param reasons  in words, with the file's name where a file is damaged
 * @param part     what its log holds before the damage, null if nothing; never to be added to whole cells
 */
public record MissingCell(
    String id, String strategy, String path, Kind kind, List<String> reasons, CellHistograms part) {
    /** Why a cell has no data. */
    public enum Kind {
        /** The run ended before it. */
        NOT_RUN,
        /** Its JVM ended without a result. */
        FAILED,
        /** It finished, but a file is missing or damaged. */
        UNREADABLE,
        /** It finished, but its log is damaged; what stands before the damage can be read. */
        PARTIAL
    }
}
