package dev.steward.reports.guide;

import dev.steward.results.GridData;
import java.util.List;
import java.util.Map;

/**
 * An answer. Immutable.
 *
 * @param best       as good as each other, the simplest first; empty if nothing may be used
 * @param options    all that may be used and keep the bounds: the best, then the others, the shortest event first
 * @param otherRules what other rules choose, by their name
 * @param excluded   what may not be used, with the reason
 * @param nearest    points of the grid around the question
 * @param reportNs   writing of a report into the vEVENTQ that the medians are brought to, nanoseconds; NaN if they
 *                   are as measured
 */
public record Advice(
    Question question, Choice choice, List<Option> best, List<Option> options, Map<String, String> otherRules,
    List<Excluded> excluded, List<Crossover> crossovers, List<GridData.PointData> nearest, double reportNs) {
    /** Something that may not be used. */
    public record Excluded(String strategy, String reason) {
    }

    /**
     * Where the recommended one is no longer among the best.
     *
     * @param above    true if that lies above the question, false below
     * @param value    first value that was tried at which it is so
     * @param strategy the simplest of the best there, or null if nothing keeps the bounds
     */
    public record Crossover(String axis, String unit, boolean above, double value, String strategy) {
    }
}
