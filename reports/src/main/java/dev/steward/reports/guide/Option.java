package dev.steward.reports.guide;

import dev.steward.results.GridData;
import java.util.List;

/**
 * A strategy that may be used.
 *
 * @param workNs         time per second that events and attaches cost, both sides together; nanoseconds
 * @param bounds         the figures that were bounded, in the order of the question
 */
public record Option(
    GridData.StrategyData strategy, Estimate workNs, Estimate event, Estimate attach, Estimate commit,
    List<Estimate> bounds, long footprintBytes) {
}
