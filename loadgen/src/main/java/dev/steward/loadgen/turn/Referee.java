package dev.steward.loadgen.turn;

import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.util.List;

/**
 * Says after each generation what the turns have shown, and whether that is enough. The statistics are the business of
 * the reports.
 */
@FunctionalInterface
public interface Referee {
    /** Goes on until the budget is spent. */
    Referee NONE = (turns, plan) -> new Standing(false, "");

    /**
     * Looks at all turns so far.
     *
     * @param plan with the look that the run has reached; it may only end where a new look was reached.
     */
    Standing standing(List<TurnRecord> turns, TurnPlan plan);

    /**
     * How a run stands.
     *
     * @param enough whether every pair is decided at the look that was reached.
     * @param line   for the progress display, without a full stop.
     */
    record Standing(boolean enough, String line) {
    }
}
