package dev.steward.loadgen.scenario;

/** A scenario that cannot be run. The message is one line: where, which setting, what is allowed. */
public class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public ScenarioException(String message) {
        super(message);
    }

    /** Says what is wrong, and keeps why for --verbose. */
    public ScenarioException(String message, Throwable cause) {
        super(message, cause);
    }
}
