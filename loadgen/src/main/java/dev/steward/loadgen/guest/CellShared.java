package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What the SMMUs of a cell share, with their vIOMMUs and devices.
 *
 * @param seed of the repeat.
 * @param vmms by guest; one and the same for all where a stress setting lets guests share a context.
 */
public record CellShared(
    Clock clock, Scenario scenario, long seed, Topology topology, VirtualIds virtualIds, Iommufd iommufd,
    List<Vmm> vmms, Lock attachSerialLock, VmmQueues queues, FaultQueues faultQueues, PrintBudget printBudget,
    InjectedFailures failures, EngineSeams seams) {

    /** A new iommufd of the scenario's kernel with nothing in it but the memory of each guest. */
    public static CellShared of(Clock clock, Scenario scenario, long seed) {
        return of(clock, scenario, seed, EngineSeams.NONE);
    }

    /** The same with something wrong in what will be built on it. */
    public static CellShared of(Clock clock, Scenario scenario, long seed, EngineSeams seams) {
        InjectedFailures failures = InjectedFailures.of(scenario);
        Iommufd iommufd = new Iommufd(
            KernelVersion.of(scenario.text(ScenarioKey.KERNEL)), ReportDelays.of(clock, scenario, seed, failures));
        Topology topology = Topology.of(scenario);
        List<Vmm> vmms = scenario.guestsShareContext()
            ? Collections.nCopies(topology.guests(), Vmm.open(iommufd))
            : Stream.generate(() -> Vmm.open(iommufd)).limit(topology.guests()).toList();
        return new CellShared(
            clock, scenario, seed, topology, new VirtualIds(topology.devices(), topology.viommuNumbers()), iommufd,
            vmms, new ReentrantLock(), new VmmQueues(clock), new FaultQueues(), new PrintBudget(clock),
            failures, seams);
    }

    /** What a step takes, by a setting of the scenario. */
    public Delay delay(ScenarioKey cost) {
        return Delay.of(clock, scenario, cost, seed);
    }

    Vmm vmm(int guest) {
        return vmms.get(guest);
    }
}
