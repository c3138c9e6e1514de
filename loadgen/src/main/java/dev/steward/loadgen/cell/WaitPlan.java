package dev.steward.loadgen.cell;

import dev.steward.engine.stream.Waiting;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.List;
import java.util.Map;

/**
 * How each thread of a cell waits, as asked or else chosen by the cores there are: a thread may only spin if a core is
 * left for the threads that do not. On path ring that means one for each handler besides: a storm that spun on one of
 * two cores cost the p99 of events more than its better timing gained the median.
 *
 * @param storm            how the storm waits for an arrival, or on path inline the handler.
 * @param handler          how the handler waits for records.
 * @param vmmWokenByEvents the VMM is woken by the vEVENTQ; otherwise it polls.
 * @param lines            what to print, thread and choice.
 */
public record WaitPlan(
    Waiting storm, Waiting handler, boolean vmmWokenByEvents, List<Map.Entry<String, String>> lines) {
    /** A parked thread nearly always wakes this late or less, also with the timer slack of 50 us. */
    public static final long SPIN_NS = 100_000;
    /** Leaves the choice to the number of cores. */
    static final String AUTO = "auto";
    private static final int HANDLER_LOOKS = 2_000;

    static WaitPlan choose(Scenario scenario, boolean ring) {
        return choose(
            ring, Runtime.getRuntime().availableProcessors(), scenario.count(ScenarioKey.SMMUS),
            List.of(scenario.text(ScenarioKey.WAIT_STORM), scenario.text(ScenarioKey.WAIT_HANDLER)),
            scenario.text(ScenarioKey.VMM_WAKE), scenario.durationNs(ScenarioKey.VMM_POLL));
    }

    /** The ways are those of storm and handler, {@value #AUTO} or a word of {@link Waiting}. */
    static WaitPlan choose(boolean ring, int cores, int smmus, List<String> ways, String vmmWake, long vmmPollNs) {
        Waiting pacer = way(ways.get(ring ? 0 : 1), ring ? cores > 2 * smmus : cores > smmus);
        Waiting handler = ring ? way(ways.get(1), cores >= 2 * smmus + 2) : Waiting.PARK;
        boolean woken = vmmWake.equals("event") || vmmWake.equals("auto") && ring;
        String pacerWait = pacer == Waiting.SPIN_PARK ? "park+spin " + SPIN_NS / 1_000 + "us" : pacer.word();
        String handlerWait = switch (handler) {
            case SPIN_PARK -> "look " + HANDLER_LOOKS + "x+sleep";
            case PARK -> "sleep";
            case SPIN, YIELD -> handler.word();
        };
        String vmmWait = woken ? "sleep" : "poll " + vmmPollNs / 1_000 + "us";
        return new WaitPlan(
            pacer,
            handler,
            woken,
            ring
                ? List.of(Map.entry("storm", pacerWait), Map.entry("handler", handlerWait),
                    Map.entry("churn", "park"), Map.entry("vmm", vmmWait))
                : List.of(Map.entry("handler", pacerWait),
                    Map.entry("churn", "park"), Map.entry("vmm", vmmWait)));
    }

    private static Waiting way(String asked, boolean maySpin) {
        return !asked.equals(AUTO) ? Waiting.of(asked) : maySpin ? Waiting.SPIN_PARK : Waiting.PARK;
    }

    /** How long before an arrival the storm stops parking. */
    long stormSpinNs() {
        return storm == Waiting.SPIN_PARK ? SPIN_NS : 0;
    }

    /** How often the handler looks before it sleeps. */
    int handlerLooks() {
        return handler == Waiting.SPIN_PARK ? HANDLER_LOOKS : 0;
    }
}
