package dev.steward.loadgen.cell;

import dev.steward.engine.event.InterruptLine;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.loadgen.guest.EngineSeams;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Window;
import dev.steward.strategy.Strategy;
import java.util.List;

/**
 * Where a cell can be disturbed on purpose, so that the self-test can see whether it would notice. Each seam is asked
 * once, while the cell is built; a normal cell gets back what it gave, so nothing is left of this on its measured path.
 */
public interface Injection extends EngineSeams {
    /** Disturbs nothing. */
    Injection NONE = new Injection() {
    };

    /** The strategy whose guards the cell uses. */
    default Strategy strategy(Strategy strategy) {
        return strategy;
    }

    /** The wire from the event queue to the handler. */
    default InterruptLine interruptLine(InterruptLine line) {
        return line;
    }

    /** The clock that the storm's pacer waits by. */
    default Clock pacerClock(Clock clock) {
        return clock;
    }

    /** The probe that watches a handler. */
    default EventProbe eventProbe(EventProbe probe) {
        return probe;
    }

    /** Tells of the SMMUs that have been built, before any thread starts. */
    default void built(List<SmmuSetup> setups) {
    }

    /** Tells when the load will run, before any thread of it starts. */
    default void planned(Window window) {
    }
}
