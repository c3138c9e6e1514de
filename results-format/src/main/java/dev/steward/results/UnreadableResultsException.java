package dev.steward.results;

import java.io.Serial;

/** Says in one line, with the file's name, why a result folder cannot be read at all. */
public final class UnreadableResultsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param cause   what went wrong below, or null
     */
    public UnreadableResultsException(String message, Throwable cause) {
        super(message, cause);
    }
}
