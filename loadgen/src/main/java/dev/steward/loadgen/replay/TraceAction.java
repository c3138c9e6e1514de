package dev.steward.loadgen.replay;

/**
 * What a record of a trace makes happen.
 */
public enum TraceAction {
    /** An event arrives; the words of the record are its four words. */
    EVENT,
    /** A device was attached to a domain. */
    ATTACH,
    /** A device was detached from its domain. */
    DETACH,
    /** A device entered a group: it was found. */
    ADD,
    /** A device left its group: it went away. */
    REMOVE;

    private static final TraceAction[] VALUES = values();

    static TraceAction of(int ordinal) {
        return VALUES[ordinal];
    }
}
