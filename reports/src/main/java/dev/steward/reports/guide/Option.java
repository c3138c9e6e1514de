package dev.steward.reports.guide;

import dev.steward.results.GridData;
import java.util.List;

/**
 * A strategy that may be used.
 *
 * @param strategy       its facts
 * @param workNs         time per second that events and attaches cost, both sides together; nanoseconds
 * @param event          median of an event, from its intended arrival
 * @param attach         median of a whole attach
 * @param commit         median of the strategy's part of an attach
 * @param bounds         the figures that were bounded, in the order of the question
 * @param footprintBytes memory of the guard, greatest of the points
 */
public record Option(
    GridData.StrategyData strategy, Estimate workNs, Estimate event, Estimate attach, Estimate commit,
    List<Estimate> bounds, long footprintBytes) {
    /** Copies the list. */
    public Option {
        bounds = List.copyOf(bounds);
    }
}
