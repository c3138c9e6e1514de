package dev.steward.reports.verdict;

import java.io.Serial;

/** Says in one line, with the file's name, why a history cannot be used. */
public final class HistoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the cause may be null. */
    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
