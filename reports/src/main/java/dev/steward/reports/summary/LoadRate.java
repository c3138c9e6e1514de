package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellRecord;
import java.util.Collection;
import java.util.List;

/**
 * Rate of one load over all repeats.
 *
 * @param achievedPerSecond reached; mean over the repeats, each weighted by its window
 */
public record LoadRate(double targetPerSecond, double achievedPerSecond) {
    /** Name of the load of fault events. */
    public static final String STORM = "storm";
    /** Name of the load of attach operations. */
    public static final String CHURN = "churn";
    /** Name of the load of invalidation commands. */
    public static final String INVALIDATION = "invalidation";

    /**
     * Takes the rate.
     *
     * @return the rate, or null if no cell had this load
     */
    public static LoadRate of(Collection<CellResult> cells, String load) {
        double target = 0;
        double achieved = 0;
        double weight = 0;
        for (CellResult cell : cells) {
            for (CellRecord.Rate rate : ratesOf(cell, load)) {
                double window = Math.max(1, cell.json().measuredMs());
                target += rate.targetPerSecond() * window;
                achieved += rate.achievedPerSecond() * window;
                weight += window;
            }
        }
        return weight == 0 ? null : new LoadRate(target / weight, achieved / weight);
    }

    private static List<CellRecord.Rate> ratesOf(CellResult cell, String load) {
        return cell.json().rates().stream().filter(rate -> rate.load().equals(load)).toList();
    }
}
