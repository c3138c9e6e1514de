package dev.steward.loadgen.load;

import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;
import java.util.stream.Stream;

/** Small scenarios and the SMMUs that are built from them. */
public final class Setups {
    private Setups() {
    }

    public static Scenario scenario(String... overrides) {
        ScenarioBuilder builder = new ScenarioBuilder()
            .override("streams=8")
            .override("viommus=4")
            .override("veventq.depth=256")
            .override("eventq.log2size=10");
        for (String override : overrides) {
            builder.override(override);
        }
        return builder.build();
    }

    /** Settings of a stress in which one replace takes a device to the vIOMMU of another guest. */
    public static String[] crossGuest(String... overrides) {
        return Stream.concat(
            Stream.of("churn.within=any", "churn.mix.replace=70", "churn.mix.detach-attach=20",
                "churn.mix.same-viommu=10", "churn.mix.block=0", "churn.mix.move=0"),
            Stream.of(overrides)).toArray(String[]::new);
    }

    public static SmmuSetup setup(Scenario scenario, Clock clock) {
        return setup(CellShared.of(clock, scenario, 1), LockStrategy.MUTEX);
    }

    public static SmmuSetup setup(CellShared shared, Strategy strategy) {
        return new SmmuSetup(0, shared, StreamPlan.of(shared.scenario(), null), strategy);
    }
}
