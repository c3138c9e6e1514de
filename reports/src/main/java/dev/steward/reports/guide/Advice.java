package dev.steward.reports.guide;

import dev.steward.results.GridData;
import java.util.List;

/**
 * An answer. Immutable.
 *
 * @param options    what may be used and keeps the bounds, least work first; empty if nothing does
 * @param excluded   what may not, with the reason
 * @param reportNs   writing of a report into the vEVENTQ that the medians are brought to, nanoseconds; NaN if they
 *                   are as measured
 */
public record Advice(
    Question question, List<Option> options, List<Excluded> excluded, List<Crossover> crossovers,
    List<GridData.PointData> points, double reportNs) {
    /** Something that may not be used. */
    public record Excluded(String strategy, String reason) {
    }

    /**
     * A change of the first option.
     *
     * @param above    true if the change lies above the question, false below
     * @param value    first value that was tried at which another comes first
     * @param strategy that comes first there, or null if nothing keeps the bounds
     */
    public record Crossover(String axis, String unit, boolean above, double value, String strategy) {
    }
}
