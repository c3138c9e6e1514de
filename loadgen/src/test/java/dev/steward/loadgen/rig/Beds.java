package dev.steward.loadgen.rig;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.strategy.Contestant;
import dev.steward.strategy.LockStrategy;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Small scenarios and what is built from them. */
final class Beds {
    private static final int ATTEMPTS = 10;

    private Beds() {
    }

    static Scenario scenario(String... overrides) {
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

    static SmmuBed bed(Scenario scenario, Clock clock) {
        Iommufd iommufd = new Iommufd();
        return bed(scenario, clock, iommufd, iommufd.open());
    }

    static SmmuBed bed(Scenario scenario, Clock clock, Iommufd iommufd, Context context) {
        return bed(scenario, clock, iommufd, context, LockStrategy.MUTEX);
    }

    static SmmuBed bed(Scenario scenario, Clock clock, Iommufd iommufd, Context context, Contestant contestant) {
        SmmuBed.Host host = new SmmuBed.Host(
            iommufd, context, new ReentrantLock(), new VmmQueues(clock), new FaultQueues());
        return new SmmuBed(0, scenario, StreamPlan.of(scenario, null), contestant, host, clock);
    }

    /** Runs a whole cell in this JVM. */
    static Cell run(Scenario scenario, Contestant contestant, boolean ring) {
        return run(scenario, contestant, ring, ledger -> ledger.delivered() > 0);
    }

    /**
     * Runs a whole cell in this JVM. On a machine that stalls for longer than the window the load is given up before it
     * did what the test is about: then once more. Every attempt must balance.
     */
    static Cell run(
        Scenario scenario, Contestant contestant, boolean ring, Predicate<CellResult.Ledger> loaded) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Cell cell = runOnce(scenario, contestant, ring);
            CellResult.Ledger ledger = new CellFigures(cell).ledger();
            if (ledger.balance() != 0 || loaded.test(ledger)) {
                return cell;
            }
        }
        return runOnce(scenario, contestant, ring);
    }

    private static Cell runOnce(Scenario scenario, Contestant contestant, boolean ring) {
        StreamPlan streams = StreamPlan.of(scenario, null);
        Cell cell = new Cell(
            Clock.SYSTEM, scenario, new Workloads(scenario, null, streams, 1), streams, contestant, ring);
        cell.run();
        return cell;
    }
}
