package dev.steward.loadgen.cell;

import dev.steward.loadgen.disturb.Disturber;
import dev.steward.loadgen.guest.Delay;
import dev.steward.loadgen.load.Workloads;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;

/**
 * What all loads of a cell go by.
 *
 * @param ring      through the event queue, or the handler on the storm's own schedule.
 * @param waits     how each thread waits.
 */
record LoadFrame(
    Clock clock, Scenario scenario, Workloads workloads, boolean ring, WaitPlan waits, Window window,
    Recorders recorders, Injection injection, Disturber disturber) {

    /** What a load waits by, one for each thread by its number. */
    Clock pacerClock(int thread) {
        if (disturber.isIdle()) {
            return clock;
        }
        Runnable between = disturber.between(thread);
        return () -> {
            between.run();
            return clock.nowNs();
        };
    }

    /** What a step takes, by a setting of the scenario. */
    Delay delay(ScenarioKey cost) {
        return Delay.of(clock, scenario, cost, workloads.seed());
    }
}
