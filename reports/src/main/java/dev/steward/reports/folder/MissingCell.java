package dev.steward.reports.folder;

import java.util.List;

/**
 * A planned cell without usable data. Immutable.
 *
 * @param id       of the cell
 * @param strategy name
 * @param path     {@code ring} or {@code inline}
 * @param kind     why there is none
 * @param reasons  in words, with the file's name where a file is damaged
 */
public record MissingCell(String id, String strategy, String path, Kind kind, List<String> reasons) {
    /** Copies the list. */
    public MissingCell {
        reasons = List.copyOf(reasons);
    }

    /** Why a cell has no data. */
    public enum Kind {
        /** The run ended before it. */
        NOT_RUN,
        /** Its JVM ended without a result. */
        FAILED,
        /** It finished, but a file is missing or damaged. */
        UNREADABLE
    }
}
