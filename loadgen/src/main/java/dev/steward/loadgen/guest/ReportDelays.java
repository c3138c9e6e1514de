package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.ReportCosts;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What the steps of a report take, by the settings {@code cost.*}, and which fails, by {@code fault.nth}. */
final class ReportDelays implements ReportCosts {
    private final Delay wakeUp;
    private final Delay allocation;
    private final Delay faultAllocation;
    private final Delay pageResponse;
    /** 0 for none. */
    private final long failingAllocation;
    private final AtomicLong allocations = new AtomicLong();

    private ReportDelays(Clock clock, Scenario scenario, long seed) {
        wakeUp = Delay.of(clock, scenario, ScenarioKey.COST_WAKE_UP, seed);
        allocation = Delay.of(clock, scenario, ScenarioKey.COST_ALLOCATION, seed);
        faultAllocation = Delay.of(clock, scenario, ScenarioKey.COST_FAULT_ALLOCATION, seed);
        pageResponse = Delay.of(clock, scenario, ScenarioKey.COST_PAGE_RESPONSE, seed);
        failingAllocation = scenario.count(ScenarioKey.FAULT_NTH);
    }

    /** {@link ReportCosts#NONE} if no step takes any time, or fails. */
    static ReportCosts of(Clock clock, Scenario scenario, long seed) {
        ReportDelays delays = new ReportDelays(clock, scenario, seed);
        return Stream.of(delays.wakeUp, delays.allocation, delays.faultAllocation, delays.pageResponse)
            .allMatch(Delay::isZero) && delays.failingAllocation == 0 ? ReportCosts.NONE : delays;
    }

    @Override
    public void wakeUp() {
        wakeUp.spend();
    }

    @Override
    public boolean allocation() {
        allocation.spend();
        // Counted only where one is to fail: a count that all SMMUs share is no business of a cell that measures.
        return failingAllocation == 0 || allocations.incrementAndGet() % failingAllocation != 0;
    }

    @Override
    public boolean faultAllocation() {
        faultAllocation.spend();
        return true;
    }

    @Override
    public void pageResponse() {
        pageResponse.spend();
    }
}
