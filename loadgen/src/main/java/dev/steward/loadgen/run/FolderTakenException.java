package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.ScenarioException;

/** A result folder belongs to another run: what is in it, and it itself, is not for this one to remove. */
public final class FolderTakenException extends ScenarioException {
    private static final long serialVersionUID = 1L;

    /** Says whose it is. */
    public FolderTakenException(String message) {
        super(message);
    }
}
