package dev.steward.loadgen.cell;

import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.replay.ReplayTrace;
import dev.steward.loadgen.record.ThreadClasses;
import dev.steward.loadgen.record.ThreadRole;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.machine.Scheduling;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be told of a cell without running it. */
public final class RigCheck {
    private RigCheck() {
    }

    /**
     * Checks a scenario against the log it draws from and the memory of a cell.
     *
     * @param log      its log, or null for synthetic records.
     * @throws ScenarioException if they do not fit; one line, for a user.
     */
    public static void check(Scenario scenario, EventLog log) {
        StreamPlan.of(scenario, log);
        checkMachine(scenario);
    }

    private static void checkMachine(Scenario scenario) {
        CellMemory.check(scenario);
        try {
            Cell.placement(scenario, true);
            Disturbance.require(Disturbance.parse(scenario.text(ScenarioKey.DISTURB)));
        } catch (IllegalArgumentException e) {
            throw new MachineException(e.getMessage());
        }
        ThreadClasses.refusals(scenario, Scheduling::refusal).stream().findFirst().ifPresent(why -> {
            throw new MachineException(why);
        });
    }

    /**
     * Checks a scenario against the trace it plays and the memory of a cell.
     *
     * @throws ScenarioException if they do not fit; one line, for a user.
     */
    public static void checkReplay(Scenario scenario, ReplayTrace trace) {
        if (scenario.count(ScenarioKey.SMMUS) != 1) {
            throw new ScenarioException(ScenarioKey.SMMUS.key() + ": a replay plays all devices of its logs behind one "
                + "SMMU; allowed: 1");
        }
        StreamPlan.ofTrace(scenario, trace);
        checkMachine(scenario);
    }

    /** Where the threads of a cell will run on this machine. */
    public static String placement(Scenario scenario, String path) {
        return Cell.placement(scenario, path.equals(CellSpec.RING)).lines().entrySet().stream()
            .map(line -> line.getKey() + " " + line.getValue()).collect(Collectors.joining(", "));
    }

    /** How the threads of a cell will wait on this machine. */
    public static String waiting(Scenario scenario, String path) {
        WaitPlan plan = WaitPlan.choose(scenario, path.equals(CellSpec.RING));
        String waiting = plan.lines().stream()
            .map(line -> line.getKey() + " " + line.getValue()).collect(Collectors.joining(", "));
        for (Map.Entry<ThreadRole, String> line
            : ThreadClasses.of(scenario, path.equals(CellSpec.RING)).tried().entrySet()) {
            waiting += ", " + line.getKey().label() + " " + line.getValue();
        }
        return scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0 ? waiting + ", invalidate park" : waiting;
    }

    /**
     * Threads of a cell that may want to run at the same time, on the path with the most: storm and handler per SMMU,
     * attach threads, one that invalidates, and the VMM.
     */
    public static int threads(Scenario scenario) {
        boolean churned = scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0;
        int perSmmu = (scenario.text(ScenarioKey.PATH).equals(CellSpec.INLINE) ? 1 : 2)
            + (churned ? scenario.count(ScenarioKey.CHURN_THREADS) : 0)
            + (scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0 ? 1 : 0);
        return scenario.count(ScenarioKey.SMMUS) * perSmmu + 1;
    }
}
