package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.design.KernelDesign;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.oracle.DeliveryLedger;
import dev.steward.loadgen.oracle.DeliveryWindow;
import dev.steward.loadgen.oracle.EventOracles;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.strategy.Strategy;
import org.junit.jupiter.api.Test;

/**
 * An event just before and just after a vDEVICE is made on the vIOMMU to which its device will be attached next, while
 * the domain of the vIOMMU before is installed: the moment at which vDEVICE ops and attach are inconsistent. All on the
 * thread of the test.
 */
class InconsistentVdeviceTest {
    private static final int STREAM = 0;

    private Runnable atVdeviceSet = () -> { };

    @Test
    void shouldFindBothHazardsInTheDesignWhosePointerFollowsTheVdevice() {
        DeliveryLedger ledger = moveBetweenEvents(KernelDesign.V1_VDEV_OPS);

        assertThat(ledger.of(DeliveryWindow.OPS, DeliveryLedger.Fate.LOST)).isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.OPS, DeliveryLedger.Fate.CROSS_GUEST)).isEqualTo(1);
        assertThat(ledger.right()).as("before and after the move").isEqualTo(2);
    }

    @Test
    void shouldNeverFindThemInTheMergedDesign() {
        DeliveryLedger ledger = moveBetweenEvents(KernelDesign.STREAMS_MUTEX);

        for (DeliveryLedger.Fate fate : DeliveryLedger.Fate.values()) {
            assertThat(ledger.of(DeliveryWindow.OPS, fate)).isZero();
        }
        assertThat(ledger.of(DeliveryWindow.W5, DeliveryLedger.Fate.SAME_GUEST)).as("the old id").isEqualTo(2);
        assertThat(ledger.right()).isEqualTo(2);
    }

    /** It finds no vDEVICE either, but has no pointer that could be wrong: W5, as ever. */
    @Test
    void shouldNotTakeALookUpThatFindsNothingForThem() {
        DeliveryLedger ledger = moveBetweenEvents(KernelDesign.DRAFT_RWSEM_LOOKUP);

        assertThat(ledger.of(DeliveryWindow.OPS, DeliveryLedger.Fate.LOST)).isZero();
        assertThat(ledger.of(DeliveryWindow.W5, DeliveryLedger.Fate.LOST)).isEqualTo(2);
        assertThat(ledger.right()).isEqualTo(2);
    }

    private DeliveryLedger moveBetweenEvents(KernelDesign design) {
        SmmuSetup setup = Setups.setup(
            CellShared.of(new FakeClock(5_000, 1), Setups.scenario("churn.within=any"), 1), hooked(design));
        EventOracles oracles = setup.eventOracles();
        EventRecord event = new EventRecord();
        try (EventHandler handler = setup.smmu().openHandler(told(oracles))) {
            Runnable fault = () -> {
                int streamId = StreamPlan.of(Setups.scenario(), null).streamIds()[STREAM];
                event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), streamId);
                event.word1 = EventRecordLayout.word1(
                    0, false, false, false, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
                event.position = setup.smmu().table().indexOf(streamId);
                event.cause = setup.smmu().table().readWordAcquire(streamId, 0);
                event.serial++;
                handler.handle(event);
            };
            fault.run();
            atVdeviceSet = fault;
            setup.device(STREAM).replaceByAnother(0);
            atVdeviceSet = () -> { };
            fault.run();
        }
        return oracles.deliveries();
    }

    static EventProbe told(EventOracles oracles) {
        return new EventProbe() {
            @Override
            public void asking(EventRecord event) {
                oracles.asking(event);
            }

            @Override
            public void inside(EventRecord event, int viommuId, int virtualStreamId) {
                oracles.inside(event, viommuId, virtualStreamId);
            }

            @Override
            public void insideStall(EventRecord event) {
                oracles.insideStall(event);
            }

            @Override
            public void stallQueued(EventRecord event, int faultQueueId) {
                oracles.stallQueued(event, faultQueueId);
            }

            @Override
            public void reported(EventRecord event) {
                if (!event.stalls()) {
                    oracles.reported();
                }
            }

            @Override
            public void done(EventRecord event, EventOutcome outcome) {
                oracles.done(event, outcome);
            }
        };
    }

    /** Handles an event before and after the guard is told of a vDEVICE. */
    private Strategy hooked(KernelDesign design) {
        return new HookedStrategy(design, guard -> new ForwardingGuard(guard) {
            @Override
            public void vdeviceSet(int streamId, long attachment) {
                atVdeviceSet.run();
                super.vdeviceSet(streamId, attachment);
                atVdeviceSet.run();
            }
        });
    }
}
