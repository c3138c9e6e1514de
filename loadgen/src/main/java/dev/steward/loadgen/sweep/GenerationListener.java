package dev.steward.loadgen.sweep;

import dev.steward.loadgen.run.RunListener;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import java.util.function.IntConsumer;

/**
 * Tells another listener everything, and of each generation one more.
 *
 * @param more is told how many generations there are now.
 */
record GenerationListener(RunListener other, IntConsumer more) implements RunListener {
    @Override
    public void planned(int cells, long estimateMs) {
        other.planned(cells, estimateMs);
    }

    @Override
    public void cellStarted(String id) {
        other.cellStarted(id);
    }

    @Override
    public void cellEnded(String id, RunManifest.CellStatus status) {
        other.cellEnded(id, status);
    }

    @Override
    public void turnsPlanned(String what, String notice, long aboutMs, int mostGenerations) {
        other.turnsPlanned(what, notice, aboutMs, mostGenerations);
    }

    @Override
    public void turnsGoOn(String what, long spentMs) {
        other.turnsGoOn(what, spentMs);
    }

    @Override
    public void contestantFailed(String strategy, String why) {
        other.contestantFailed(strategy, why);
    }

    @Override
    public void generationEnded(TurnPlan plan, String standing) {
        other.generationEnded(plan, standing);
        more.accept(plan.generations());
    }
}
