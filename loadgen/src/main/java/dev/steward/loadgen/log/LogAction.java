package dev.steward.loadgen.log;

/** What a line of a log makes happen. */
public enum LogAction {
    /** An event arrives. */
    EVENT,
    /** A device was attached to a domain. */
    ATTACH,
    /** A device was detached from its domain. */
    DETACH,
    /** A device entered a group: it was found. */
    ADD,
    /** A device left its group: it went away. */
    REMOVE
}
