package dev.steward.loadgen.run;

import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;

/** Told how a run goes on, for a progress display. Called by the thread that runs it. */
public interface RunListener {
    /** Before the first cell; they will take about so many milliseconds. */
    void planned(int cells, long estimateMs);

    /** A cell starts. */
    void cellStarted(String id);

    /** A cell has ended. */
    void cellEnded(String id, RunManifest.CellStatus status);

    /**
     * Before the first turn.
     *
     * @param notice          empty if there is none.
     * @param aboutMs         what all turns will take, a guess.
     * @param mostGenerations after which it ends; {@link Integer#MAX_VALUE} if a budget ends it.
     */
    void turnsPlanned(String what, String notice, long aboutMs, int mostGenerations);

    /** What a run by turns does next. */
    void turnsGoOn(String what, long spentMs);

    /** A strategy could not go on and is out of the run. */
    void contestantFailed(String strategy, String why);

    /** A generation has ended. */
    void generationEnded(TurnPlan plan, String standing);
}
