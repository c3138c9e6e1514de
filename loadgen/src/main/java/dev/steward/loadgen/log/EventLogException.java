package dev.steward.loadgen.log;

import java.io.IOException;

/**
 * The file is not a kernel log, or holds nothing a storm could use. The message names the file and is made for people.
 */
public final class EventLogException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public EventLogException(String message) {
        super(message);
    }
}
