package dev.steward.loadgen.cell;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.List;
import java.util.Map;

/**
 * How each thread of a cell waits, chosen by the cores there are: a thread may only spin if a core is left for the
 * threads that do not. On path ring that means one for each handler besides: a storm that spun on one of two cores cost
 * the p99 of events more than its better timing gained the median.
 *
 * @param stormSpinNs      the storm parks until this long before an arrival, then spins; 0: it never spins.
 * @param vmmWokenByEvents the VMM is woken by the vEVENTQ; otherwise it polls.
 * @param lines            what to print, thread and choice.
 */
public record WaitPlan(
    long stormSpinNs, int handlerSpins, boolean vmmWokenByEvents, List<Map.Entry<String, String>> lines) {
    /** A parked thread nearly always wakes this late or less, also with the timer slack of 50 us. */
    public static final long SPIN_NS = 100_000;
    private static final int HANDLER_SPINS = 2_000;

    static WaitPlan choose(Scenario scenario, boolean ring) {
        return choose(
            ring, Runtime.getRuntime().availableProcessors(), scenario.count(ScenarioKey.SMMUS),
            scenario.text(ScenarioKey.VMM_WAKE), scenario.durationNs(ScenarioKey.VMM_POLL));
    }

    static WaitPlan choose(boolean ring, int cores, int smmus, String vmmWake, long vmmPollNs) {
        boolean stormSpins = ring ? cores > 2 * smmus : cores > smmus;
        boolean handlerSpins = ring && cores >= 2 * smmus + 2;
        boolean woken = vmmWake.equals("event") || vmmWake.equals("auto") && ring;
        String stormWait = stormSpins ? "park+spin " + SPIN_NS / 1_000 + "us" : "park";
        String handlerWait = handlerSpins ? "look " + HANDLER_SPINS + "x+sleep" : "sleep";
        String vmmWait = woken ? "sleep" : "poll " + vmmPollNs / 1_000 + "us";
        return new WaitPlan(
            stormSpins ? SPIN_NS : 0,
            handlerSpins ? HANDLER_SPINS : 0,
            woken,
            ring
                ? List.of(Map.entry("storm", stormWait), Map.entry("handler", handlerWait),
                    Map.entry("churn", "park"), Map.entry("vmm", vmmWait))
                : List.of(Map.entry("handler", stormWait),
                    Map.entry("churn", "park"), Map.entry("vmm", vmmWait)));
    }
}
