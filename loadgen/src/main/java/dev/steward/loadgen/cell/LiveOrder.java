package dev.steward.loadgen.cell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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

    /** {@return the same for a build that does not know some settings} */
    public LiveOrder without(Set<String> unknown) {
        return unknown.isEmpty() ? this : new LiveOrder(kind, known(settings, unknown), path, repeat,
            cell == null ? null : new CellSpec(cell.id(), cell.strategy(), cell.path(), cell.repeat(),
                known(cell.settings(), unknown), cell.eventsFile(), cell.traceFile(), cell.folder()));
    }

    private static Map<String, String> known(Map<String, String> settings, Set<String> unknown) {
        Map<String, String> known = new LinkedHashMap<>(settings);
        known.keySet().removeAll(unknown);
        return known;
    }
}
