package dev.steward.loadgen.cell;

import java.util.Map;

/**
 * What the JVM of a contestant is to do next; crosses to it as one line of JSON.
 *
 * @param repeat   turns of the same repeat have the same arrivals; 0 or more.
 * @param cell     the long cell that is to be run and written; null for the other kinds.
 */
public record LiveOrder(Kind kind, Map<String, String> settings, String path, int repeat, CellSpec cell) {
    /** Kinds of orders. */
    public enum Kind {
        /** Nothing: the answer says that the JVM is up. */
        BE_THERE,
        /** Play at full speed on an engine that is thrown away. */
        REHEARSE,
        /** Take a turn. */
        TURN,
        /** Run a cell and write its files. */
        CELL
    }
}
