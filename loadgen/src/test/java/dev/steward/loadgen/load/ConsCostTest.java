package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.EventThread;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The driver writes CONS when it has copied a record: before it decodes it, so before it takes the lock. */
class ConsCostTest {
    private static final long CONS_NS = 5_000;
    private static final int EVENTS = 3;
    /** F_TRANSLATION, which goes to a guest. */
    private static final int ID = 0x10;

    private final FakeClock clock = new FakeClock(0, 1);
    private final Scenario scenario = Setups.scenario("cost.cons=5us");
    private final SmmuSetup setup = Setups.setup(scenario, clock);

    @Test
    void shouldPayForConsBeforeTheRecordIsHandledAndOutsideTheLock() {
        List<Long> outsideNs = new ArrayList<>();
        List<Long> handlingNs = new ArrayList<>();
        EventThread thread = setup.smmu().eventThread(new EventProbe() {
            private long doneNs = clock.nowNs();
            private long takenNs;
            private boolean reported;

            @Override
            public void taken(EventRecord event) {
                takenNs = clock.nowNs();
                outsideNs.add(takenNs - doneNs);
            }

            @Override
            public void inside(EventRecord event, int viommuId, int virtualStreamId) {
                reported = true;
            }

            @Override
            public void done(EventRecord event, EventOutcome outcome) {
                assertThat(reported).as("under the lock in between").isTrue();
                reported = false;
                doneNs = clock.nowNs();
                handlingNs.add(doneNs - takenNs);
            }
        }, 0);
        for (int i = 0; i < EVENTS; i++) {
            setup.smmu().eventQueue().produce(event());
        }
        thread.stop();
        thread.run();

        assertThat(outsideNs).hasSize(EVENTS).allSatisfy(ns -> assertThat(ns).isBetween(CONS_NS, 2 * CONS_NS));
        assertThat(handlingNs).hasSize(EVENTS).allSatisfy(ns -> assertThat(ns).isLessThan(CONS_NS / 10));
    }

    private EventRecord event() {
        int streamId = StreamPlan.of(scenario, null).streamIds()[0];
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.withStreamId(ID, streamId);
        event.position = setup.smmu().table().indexOf(streamId);
        return event;
    }
}
