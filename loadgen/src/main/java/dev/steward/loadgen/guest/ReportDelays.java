package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Allocation;
import dev.steward.engine.iommufd.ReportCosts;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.stream.Stream;

/** What the steps of a report take, by the settings {@code cost.*}, and which allocations fail. */
final class ReportDelays implements ReportCosts {
    private final Delay wakeUp;
    private final Delay allocation;
    private final Delay faultAllocation;
    private final Delay pageResponse;
    private final InjectedFailures failures;

    private ReportDelays(Clock clock, Scenario scenario, long seed, InjectedFailures failures) {
        wakeUp = Delay.of(clock, scenario, ScenarioKey.COST_WAKE_UP, seed);
        allocation = Delay.of(clock, scenario, ScenarioKey.COST_ALLOCATION, seed);
        faultAllocation = Delay.of(clock, scenario, ScenarioKey.COST_FAULT_ALLOCATION, seed);
        pageResponse = Delay.of(clock, scenario, ScenarioKey.COST_PAGE_RESPONSE, seed);
        this.failures = failures;
    }

    /** {@link ReportCosts#NONE} if no step takes any time, or fails. */
    static ReportCosts of(Clock clock, Scenario scenario, long seed, InjectedFailures failures) {
        ReportDelays delays = new ReportDelays(clock, scenario, seed, failures);
        return Stream.of(delays.wakeUp, delays.allocation, delays.faultAllocation, delays.pageResponse)
            .allMatch(Delay::isZero) && !failures.any() ? ReportCosts.NONE : delays;
    }

    @Override
    public void wakeUp() {
        wakeUp.spend();
    }

    @Override
    public boolean allocation(Allocation of) {
        switch (of) {
            case EVENT -> allocation.spend();
            case FAULT -> faultAllocation.spend();
            default -> {
                // on no path of an event
            }
        }
        return failures.allocates(of);
    }

    @Override
    public void pageResponse() {
        pageResponse.spend();
    }
}
