package dev.steward.loadgen.guest;

import dev.steward.loadgen.record.BusyWait;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.workload.CostLaw;
import dev.steward.loadgen.workload.CostSource;
import dev.steward.loadgen.workload.Randomness;

/**
 * Busy time of a step, as the scenario's cost has it. Each thread draws a sequence of its own, fixed by the seed of
 * the repeat and the thread's name.
 *
 * <p>Threading: any number. Allocates once for each thread.
 */
public final class Delay {
    private final Clock clock;
    /** Null if the step takes no time. */
    private final ThreadLocal<CostSource> sources;

    private Delay(Clock clock, ThreadLocal<CostSource> sources) {
        this.clock = clock;
        this.sources = sources;
    }

    /** For a setting of the scenario, with the seed of the repeat. */
    public static Delay of(Clock clock, Scenario scenario, ScenarioKey key, long seed) {
        CostLaw law = scenario.cost(key);
        return new Delay(clock, law.isZero() ? null : ThreadLocal.withInitial(() -> law.source(
            Randomness.derive(seed, key.key() + " " + Thread.currentThread().getName()))));
    }

    /** Whether the step takes no time. */
    public boolean isZero() {
        return sources == null;
    }

    /** Lets the time of one step pass. */
    public void spend() {
        if (sources != null) {
            BusyWait.forNs(clock, sources.get().nextNs());
        }
    }
}
