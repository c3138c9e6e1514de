package dev.steward.loadgen.selfcheck;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.loadgen.cell.Injection;
import dev.steward.loadgen.record.Clock;
import dev.steward.loadgen.record.Window;
import dev.steward.strategy.Strategy;

/** Where the self-test lets a cell stall. */
enum StallPlace {
    /** In the wait for the next arrival, as when the generator loses its core. */
    PACER("pacer"),
    /** In the handler, before it asks the guard. */
    HANDLER("handler"),
    /** Inside the guarded section: the attach side has to wait for it, too. */
    LOCK("lock");

    private final String label;

    StallPlace(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** A disturbance of a cell. */
    Injection injection(Stall stall, long afterMeasureFromNs) {
        return new Injection() {
            @Override
            public Strategy strategy(Strategy strategy) {
                return StallPlace.this == LOCK ? new StallingStrategy(strategy, stall) : strategy;
            }

            @Override
            public Clock pacerClock(Clock clock) {
                return StallPlace.this != PACER ? clock : () -> {
                    stall.pass();
                    return clock.nowNs();
                };
            }

            @Override
            public EventProbe eventProbe(EventProbe probe) {
                return StallPlace.this == HANDLER ? new StallingProbe(probe, stall) : probe;
            }

            @Override
            public void planned(Window window) {
                stall.plan(window.measureFromNs() + afterMeasureFromNs);
            }
        };
    }

    private record StallingProbe(EventProbe probe, Stall stall) implements EventProbe {
        @Override
        public void woke() {
            probe.woke();
        }

        @Override
        public void taken(EventRecord event) {
            probe.taken(event);
            stall.pass();
        }

        @Override
        public void asking(EventRecord event) {
            probe.asking(event);
        }

        @Override
        public void entered(EventRecord event) {
            probe.entered(event);
        }

        @Override
        public void inside(EventRecord event, int viommuId, int virtualStreamId) {
            probe.inside(event, viommuId, virtualStreamId);
        }

        @Override
        public void insideStall(EventRecord event) {
            probe.insideStall(event);
        }

        @Override
        public void stallQueued(EventRecord event, int faultQueueId) {
            probe.stallQueued(event, faultQueueId);
        }

        @Override
        public void waking(EventRecord event) {
            probe.waking(event);
        }

        @Override
        public void woken(EventRecord event) {
            probe.woken(event);
        }

        @Override
        public void reported(EventRecord event) {
            probe.reported(event);
        }

        @Override
        public void done(EventRecord event, EventOutcome outcome) {
            probe.done(event, outcome);
        }
    }
}
