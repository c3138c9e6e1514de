package dev.steward.reports.guide;

import dev.steward.results.GridData;
import java.util.List;

/**
 * A strategy that may be used. Immutable.
 *
 * @param event  on the path that decides, nanoseconds
 * @param inline an event without a queue, nanoseconds; the same as {@code event} where only that was measured
 * @param attach a whole one, on the path that decides, nanoseconds
 * @param work   processor time per second for events and commits, nanoseconds
 * @param bounds the figures that were bounded, in the order of the question
 */
public record Option(
    GridData.StrategyData strategy, Sample event, Sample inline, Sample attach, Sample commit, Sample work,
    List<Estimate> bounds, long footprintBytes) {
}
