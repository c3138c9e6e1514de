package dev.steward.loadgen.rig;

import dev.steward.loadgen.klog.EventLog;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.Contestant;
import java.util.Map;

/**
 * Plays a cell at full speed on an engine of its own that is thrown away, so that the compilers of the JVM have done
 * most of their work before the real one begins. At the pace of a scenario the attach path would be compiled in the
 * middle of the measured window: a thousand attaches a second reach the last tier only after several seconds.
 */
final class Rehearsal {
    /** Repeats count from 1, so no real cell has these arrivals. */
    private static final int REPEAT = 0;
    private static final String STORM_RATE = "200k/s";
    private static final String CHURN_RATE = "20k/s";
    /** For operations on many devices, or on vEVENTQs, whose memory is given back by the collector only. */
    private static final String HEAVY_CHURN_RATE = "200/s";

    private Rehearsal() {
    }

    static void play(
        Clock clock, Scenario scenario, EventLog log, StreamPlan streams, Contestant contestant, boolean ring) {
        if (scenario.durationNs(ScenarioKey.REHEARSAL) == 0) {
            return;
        }
        playOnce(clock, atFullSpeed(scenario), log, streams, contestant, ring);
        // Now rather than in the measured window. The cell went out of reach with the frame that held it.
        System.gc();
    }

    private static void playOnce(
        Clock clock, Scenario fast, EventLog log, StreamPlan streams, Contestant contestant, boolean ring) {
        try (Cell cell = new Cell(clock, fast, new Workloads(fast, log, streams, REPEAT), streams, contestant, ring)) {
            cell.run();
        }
    }

    private static String churnRate(Scenario scenario) {
        boolean heavy = scenario.decimal(ScenarioKey.CHURN_VIOMMU) > 0
            || scenario.decimal(ScenarioKey.CHURN_REBOOT) > 0
            || scenario.decimal(ScenarioKey.CHURN_MIGRATE) > 0;
        return heavy ? HEAVY_CHURN_RATE : CHURN_RATE;
    }

    static Scenario atFullSpeed(Scenario scenario) {
        Map<String, String> settings = scenario.settings();
        settings.put(ScenarioKey.WARMUP.key(), "0");
        settings.put(ScenarioKey.DURATION.key(), scenario.text(ScenarioKey.REHEARSAL));
        settings.put(ScenarioKey.STORM_RATE.key(), STORM_RATE);
        if (scenario.ratePerSecond(ScenarioKey.CHURN_RATE) > 0) {
            settings.put(ScenarioKey.CHURN_RATE.key(), churnRate(scenario));
        }
        return Scenario.ofSettings(settings);
    }
}
