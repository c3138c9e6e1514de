package dev.steward.reports.guide;

import dev.steward.results.GridData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody wants to know. Immutable.
 *
 * @param at           value of each axis, in its unit
 * @param bounds       latencies that must be kept
 * @param reportSleeps whether the report may have to sleep
 * @param attachWaits  the longest that an attach may wait for, one of {@link #ATTACH_WAITS}
 */
public record Question(
    Map<String, Double> at, List<Bound> bounds, boolean hardInterrupt, boolean reportSleeps, String attachWaits) {
    /** What an attach may wait for, the shortest first. */
    public static final List<String> ATTACH_WAITS = GridData.StrategyData.ATTACH_WAITS;

    /** An attach may wait for whatever it has to. */
    public static final String ANY_WAIT = ATTACH_WAITS.get(ATTACH_WAITS.size() - 1);

    /** What the driver of today asks for: a threaded handler, a report that allocates, an attach that may wait. */
    public static Question ofDriver(Map<String, Double> at) {
        return new Question(at, List.of(), false, true, ANY_WAIT);
    }

    /** The most that a latency may be, one of {@link Figures#names()}. */
    public record Bound(String figure, long limitNs) {
    }

    Question moved(String axis, double value) {
        Map<String, Double> moved = new LinkedHashMap<>(at);
        moved.put(axis, value);
        return new Question(moved, bounds, hardInterrupt, reportSleeps, attachWaits);
    }

    /** Whether a strategy makes an attach wait for longer than it may. */
    boolean waitsTooLong(GridData.StrategyData strategy) {
        return ATTACH_WAITS.indexOf(strategy.longestWait()) > ATTACH_WAITS.indexOf(attachWaits);
    }
}
