package dev.steward.loadgen.cell;

import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.log.EventLog;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.ArrivalSettings;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.Strategy;
import java.util.List;
import java.util.Map;

/**
 * Plays a cell at full speed on an engine of its own that is thrown away, so that the compilers of the JVM have done
 * most of their work before the real one begins. At the pace of a scenario the attach path would be compiled in the
 * middle of the measured window: a thousand attaches a second reach the last tier only after several seconds.
 */
public final class Rehearsal {
    /** Repeats count from 1, so no real cell has these arrivals. */
    private static final int REPEAT = 0;
    private static final long STORM_RATE = 200_000;
    private static final long CHURN_RATE = 100_000;
    /** For operations on many devices, or on vEVENTQs, whose memory is given back by the collector only. */
    private static final long HEAVY_CHURN_RATE = 200;
    private static final long INVALIDATION_RATE = 200_000;
    /** A scenario with more churn for its storm is not allowed. */
    private static final long MAX_CHURN_PER_EVENT = 100;
    /** Shortest measured window that is allowed. */
    private static final long SHORTEST_NS = 10_000_000;
    /** Shortest state that is allowed. */
    private static final long SHORTEST_STATE_NS = 10_000;
    private static final long NO_LEAST_LATE_NS = 0;
    private static final long WARMUP_PART = 4;
    private static final double CYCLES_PER_LOAD = 10;
    /** For a peak that grows a little when the length of its state is rounded. */
    private static final double PEAK_MARGIN = 0.8;
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final List<List<String>> CYCLES = List.of(
        List.of("burst.on", "burst.off"), List.of("mmpp.quiet", "mmpp.busy"));

    private Rehearsal() {
    }

    /**
     * Plays a rehearsal, if the scenario asks for one. The caller collects what it leaves.
     *
     * @param log      that records are drawn from, or null.
     * @param ring     through the event queue, or the handler on the storm's own schedule.
     */
    public static void play(
        Clock clock, Scenario scenario, EventLog log, StreamPlan streams, Strategy strategy, boolean ring) {
        if (scenario.durationNs(ScenarioKey.REHEARSAL) == 0) {
            return;
        }
        Scenario fast = atFullSpeed(scenario);
        Workloads workloads = new Workloads(fast, log, streams, REPEAT);
        // What cannot keep up with full speed gives up a quarter of the window after its end.
        try (Cell cell = new Cell(
            clock, fast, workloads, streams, strategy, ring, Injection.NONE, NO_LEAST_LATE_NS)) {
            cell.run();
        }
    }

    private static long churnRate(Scenario scenario) {
        boolean heavy = scenario.decimal(ScenarioKey.CHURN_VIOMMU) > 0
            || scenario.decimal(ScenarioKey.CHURN_REBOOT) > 0 || scenario.decimal(ScenarioKey.CHURN_MIGRATE) > 0;
        return heavy ? HEAVY_CHURN_RATE : CHURN_RATE;
    }

    static Scenario atFullSpeed(Scenario scenario) {
        long loadNs = Math.max(SHORTEST_NS, scenario.durationNs(ScenarioKey.REHEARSAL));
        Map<String, String> settings = scenario.settings();
        // Some warm-up: code that has only seen the measured window is thrown away at the first operation before one.
        settings.put(ScenarioKey.WARMUP.key(), loadNs / WARMUP_PART + "ns");
        settings.put(ScenarioKey.DURATION.key(), loadNs + "ns");
        settings.put(ScenarioKey.DISTURB.key(), ScenarioKey.DISTURB.defaultValue());
        long stormRate = quicken(settings, ArrivalSettings.storm(scenario), STORM_RATE, loadNs);
        if (scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0) {
            long churnRate = Math.min(churnRate(scenario), stormRate * MAX_CHURN_PER_EVENT);
            quicken(settings, ArrivalSettings.churn(scenario), churnRate, loadNs);
        }
        if (scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE) > 0) {
            settings.put(ScenarioKey.INVALIDATION_RATE.key(), INVALIDATION_RATE + "/s");
        }
        return Scenario.ofSettings(settings);
    }

    /** The law stays, as it is to be compiled too; its times and batches shrink until some fit in. */
    private static long quicken(Map<String, String> settings, ArrivalSettings arrivals, long fullSpeed, long loadNs) {
        long rate = Math.max(1, Math.min(fullSpeed, (long) (PEAK_MARGIN * arrivals.maxRatePerSecond())));
        settings.put(arrivals.key("rate").key(), rate + "/s");
        long inLoad = Math.max(1, rate * loadNs / NS_PER_SECOND);
        settings.put(arrivals.key("atOnce").key(), Long.toString(Math.min(arrivals.atOnce(), inLoad)));
        for (List<String> cycle : CYCLES) {
            double cycleNs = 0;
            for (String state : cycle) {
                cycleNs += arrivals.durationNs(state);
            }
            double shrink = Math.min(1, loadNs / CYCLES_PER_LOAD / cycleNs);
            for (String state : cycle) {
                long ns = Math.max(SHORTEST_STATE_NS, (long) (arrivals.durationNs(state) * shrink));
                settings.put(arrivals.key(state).key(), ns + "ns");
            }
        }
        return rate;
    }
}
