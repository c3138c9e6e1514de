package dev.steward.catalog;

import java.io.Serial;

/** A strategy of a jar on the class path cannot be used; its message is one line for a user. */
public final class UnusableStrategyException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnusableStrategyException(String message, Throwable cause) {
        super(message, cause);
    }
}
