package dev.steward.loadgen.scenario;

/** A scenario that this machine cannot run, for want of memory, disk, CPUs or a right: another machine may. */
public final class MachineException extends ScenarioException {
    private static final long serialVersionUID = 1L;

    /** Says what is wanting. */
    public MachineException(String message) {
        super(message);
    }

    /** Says what is wanting, and keeps why for --verbose. */
    public MachineException(String message, Throwable cause) {
        super(message, cause);
    }
}
