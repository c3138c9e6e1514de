package dev.steward.loadgen.load;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Strategy;

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

    public static SmmuSetup setup(Scenario scenario, Clock clock) {
        Iommufd iommufd = new Iommufd();
        return setup(scenario, clock, iommufd, iommufd.open());
    }

    public static SmmuSetup setup(Scenario scenario, Clock clock, Iommufd iommufd, Context context) {
        return setup(scenario, clock, iommufd, context, LockStrategy.MUTEX);
    }

    public static SmmuSetup setup(Scenario scenario, Clock clock, Iommufd iommufd, Context context, Strategy strategy) {
        return new SmmuSetup(
            0, CellShared.of(clock, scenario, iommufd, context), StreamPlan.of(scenario, null), strategy);
    }
}
