package dev.steward.loadgen.rig;

import dev.steward.loadgen.klog.EventLog;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;

/**
 * What can be told of a cell without running it.
 */
public final class RigCheck {
    /** VMM and hiccup meter. */
    static final int CELL_RECORDERS = 3;
    /** Handler and storm. */
    static final int SMMU_RECORDERS = 8;
    static final int CHURN_RECORDERS = 5;

    private RigCheck() {
    }

    /**
     * Checks a scenario against the log it draws from.
     *
     * @param scenario complete.
     * @param log      its log, or null for synthetic records.
     * @throws dev.steward.loadgen.scenario.ScenarioException if they do not fit; one line, for a user.
     */
    public static void check(Scenario scenario, EventLog log) {
        StreamPlan.of(scenario, log);
    }

    /**
     * Memory for the histograms of a cell, on the path with the most.
     *
     * @param scenario complete.
     * @return bytes.
     */
    public static long recorderBytes(Scenario scenario) {
        int smmus = scenario.count(ScenarioKey.SMMUS);
        boolean churned = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
        int churnThreads = churned ? scenario.count(ScenarioKey.CHURN_THREADS) : 0;
        long recorders = CELL_RECORDERS + (long) smmus * (SMMU_RECORDERS + churnThreads * CHURN_RECORDERS);
        return recorders * Recorders.bytesPerRecorder(scenario.durationNs(ScenarioKey.DURATION));
    }

    /**
     * Threads of a cell that may want to run at the same time, on the path with the most.
     *
     * @param scenario complete.
     * @return storm and handler per SMMU, attach threads, and the VMM.
     */
    public static int threads(Scenario scenario) {
        boolean churned = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
        int perSmmu = (scenario.text(ScenarioKey.PATH).equals(CellSpec.INLINE) ? 1 : 2)
            + (churned ? scenario.count(ScenarioKey.CHURN_THREADS) : 0);
        return scenario.count(ScenarioKey.SMMUS) * perSmmu + 1;
    }
}
