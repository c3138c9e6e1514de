package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.turn.Referee;
import dev.steward.results.RunManifest;
import dev.steward.results.TurnPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a user may say of turns beside the scenario.
 *
 * @param precision      wanted half-width of an interval as a share, by figure and path.
 * @param budgetNs       time for all turns.
 * @param maxGenerations generations of JVMs at most, whatever the budget.
 * @param against        another build whose strategies take turns with those of this one; null for none.
 * @param referee        of a run of these strategies, says when enough has been seen.
 */
public record TurnOptions(
    Map<String, Double> precision, long budgetNs, int maxGenerations, Build against,
    Function<List<RunManifest.StrategyInfo>, Referee> referee) {
    /** A budget that is none. */
    static final long UNLIMITED_NS = Long.MAX_VALUE / 2;
    private static final long NS_PER_MS = 1_000_000;

    /** Copies the map. */
    public TurnOptions {
        precision = new LinkedHashMap<>(precision);
    }

    /** A run that was interrupted goes on as it was planned, since its looks were. */
    void requireAsIn(RunManifest earlier) {
        TurnPlan plan = earlier.turns();
        boolean otherBudget = plan != null && budgetNs != UNLIMITED_NS && plan.budgetMs() != budgetNs / NS_PER_MS;
        if (against != null || otherBudget || plan != null && !plan.precision().equals(precision)) {
            throw new ScenarioException("--out: the interrupted run in the folder has another --budget or --precision, "
                + "or --against; give the same, or name a new folder");
        }
    }

    /** So many generations, however long they take. */
    public static TurnOptions generations(int count, Map<String, Double> precision) {
        return new TurnOptions(precision, UNLIMITED_NS, count, null, strategies -> Referee.NONE);
    }
}
