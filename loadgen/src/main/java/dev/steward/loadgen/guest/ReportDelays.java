package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.ReportCosts;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.stream.Stream;

/** What the steps of a report take, by the settings {@code cost.*}. */
final class ReportDelays implements ReportCosts {
    private final Delay wakeUp;
    private final Delay allocation;
    private final Delay faultAllocation;
    private final Delay pageResponse;

    private ReportDelays(Clock clock, Scenario scenario, long seed) {
        wakeUp = Delay.of(clock, scenario, ScenarioKey.COST_WAKE_UP, seed);
        allocation = Delay.of(clock, scenario, ScenarioKey.COST_ALLOCATION, seed);
        faultAllocation = Delay.of(clock, scenario, ScenarioKey.COST_FAULT_ALLOCATION, seed);
        pageResponse = Delay.of(clock, scenario, ScenarioKey.COST_PAGE_RESPONSE, seed);
    }

    /** {@link ReportCosts#NONE} if no step takes any time. */
    static ReportCosts of(Clock clock, Scenario scenario, long seed) {
        ReportDelays delays = new ReportDelays(clock, scenario, seed);
        return Stream.of(delays.wakeUp, delays.allocation, delays.faultAllocation, delays.pageResponse)
            .allMatch(Delay::isZero) ? ReportCosts.NONE : delays;
    }

    @Override
    public void wakeUp() {
        wakeUp.spend();
    }

    @Override
    public void allocation() {
        allocation.spend();
    }

    @Override
    public void faultAllocation() {
        faultAllocation.spend();
    }

    @Override
    public void pageResponse() {
        pageResponse.spend();
    }
}
