package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Allocation;
import dev.steward.engine.iommufd.Errno;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.scenario.FaultOperation;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which allocation finds no memory, by the settings {@code fault.*}, and how many did not.
 *
 * <p>Threading: any. All SMMUs share the count, which would disturb a measurement: it is kept only where something is
 * to fail.
 */
public final class InjectedFailures {
    private final Allocation failing;
    /** 0 for none. */
    private final long nth;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private InjectedFailures(Allocation failing, long nth) {
        this.failing = failing;
        this.nth = nth;
    }

    static InjectedFailures of(Scenario scenario) {
        return new InjectedFailures(FaultOperation.of(scenario.text(ScenarioKey.FAULT_OPERATION)).allocation(),
            scenario.count(ScenarioKey.FAULT_NTH));
    }

    /** Whether anything is to fail. */
    boolean any() {
        return nth > 0;
    }

    /** Counts an allocation, and tells whether it finds memory. */
    boolean allocates(Allocation of) {
        if (nth == 0 || of != failing || asked.incrementAndGet() % nth != 0) {
            return true;
        }
        failed.incrementAndGet();
        return false;
    }

    /** Whether an injected failure explains how an operation ended. */
    boolean explains(int result) {
        return any() && result == -Errno.ENOMEM;
    }

    /** Adds nothing to a cell in which nothing was to fail. */
    public void addTo(CellReport report) {
        if (any()) {
            report.add(Count.INJECTED_FAILURES, failed.get());
        }
    }
}
