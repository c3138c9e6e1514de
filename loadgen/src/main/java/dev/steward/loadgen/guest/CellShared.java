package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What the SMMUs of a cell share, with their vIOMMUs and devices. */
public record CellShared(
    Clock clock, Scenario scenario, Topology topology, VirtualIds virtualIds, Iommufd iommufd, Context context,
    Lock attachSerialLock, VmmQueues queues, FaultQueues faultQueues) {

    /** A new iommufd and nothing in it. */
    public static CellShared of(Clock clock, Scenario scenario) {
        Iommufd iommufd = new Iommufd(KernelVersion.of(scenario.text(ScenarioKey.KERNEL)));
        return of(clock, scenario, iommufd, iommufd.open());
    }

    /** In an iommufd of the caller. */
    public static CellShared of(Clock clock, Scenario scenario, Iommufd iommufd, Context context) {
        Topology topology = Topology.of(scenario);
        return new CellShared(
            clock, scenario, topology, new VirtualIds(topology.devices(), topology.viommuNumbers()), iommufd, context,
            new ReentrantLock(), new VmmQueues(clock), new FaultQueues());
    }
}
