package dev.steward.reports.guide;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody wants to know. Immutable.
 *
 * @param at            value of each axis, in its unit
 * @param bounds        latencies that must be kept
 * @param attachNoWait  an attach must not wait for a grace period
 */
public record Question(
    Map<String, Double> at, List<Bound> bounds, boolean hardInterrupt, boolean reportSleeps, boolean attachNoWait) {
    /** The most that a latency may be, one of {@link Figures#names()}. */
    public record Bound(String figure, long limitNs) {
    }

    Question moved(String axis, double value) {
        Map<String, Double> moved = new LinkedHashMap<>(at);
        moved.put(axis, value);
        return new Question(moved, bounds, hardInterrupt, reportSleeps, attachNoWait);
    }
}
