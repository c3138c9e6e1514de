package dev.steward.loadgen.cell;

import dev.steward.results.CellRecord;
import java.util.Map;

/**
 * What one cell has to do; crosses to the cell's JVM as one line of JSON.
 *
 * @param repeat     1 or more.
 * @param eventsFile kernel log to draw records from, or null for synthetic ones.
 * @param traceFile  trace to play instead of drawn arrivals, or null.
 */
public record CellSpec(
    String id, String strategy, String path, int repeat, Map<String, String> settings, String eventsFile,
    String traceFile, String folder) {
    /**
     * System property of the cell's JVM: when it was launched, in milliseconds since 1970. What the kernel says of the
     * start of a process can be off by a second.
     */
    public static final String LAUNCHED_AT_MS = "steward.launchedAtMs";
    /** The full way through the event queue and the handler's interrupt. */
    public static final String RING = CellRecord.RING;
    /** The handler follows the storm's schedule itself. */
    public static final String INLINE = "inline";

    /** Name of a cell's files; a colon or an at sign means a host to some programs that take files. */
    public static String idOf(String strategy, String path, int repeat) {
        return strategy.replace(':', '.').replace('@', '.') + "-" + path + "-r" + repeat;
    }
}
