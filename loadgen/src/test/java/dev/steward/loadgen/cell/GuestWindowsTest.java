package dev.steward.loadgen.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.design.KernelDesign;
import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventThread;
import dev.steward.engine.smmu.ForwardingGuard;
import dev.steward.loadgen.guest.CellShared;
import dev.steward.loadgen.guest.GuestDevice;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.oracle.DeliveryLedger;
import dev.steward.loadgen.oracle.DeliveryLedger.Fate;
import dev.steward.loadgen.oracle.DeliveryWindow;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.strategy.Strategy;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which windows of docs/domain.md, 5.4 lead to another guest: one event before a device goes there and handled after,
 * and one each between the store to the entry and the commit of the merged design. All on the thread of the test.
 */
class GuestWindowsTest {
    private static final int STREAM = 0;

    private Runnable atCommit = () -> { };
    private boolean stalled;

    @Test
    void shouldReachAnotherGuestByTheBacklogOnlyWhenADeviceMoves() {
        DeliveryLedger ledger = run("churn.within=guest", device -> device.move(0));

        assertThat(ledger.of(DeliveryWindow.W1, Fate.CROSS_GUEST)).isZero();
        assertThat(ledger.of(DeliveryWindow.W2, Fate.CROSS_GUEST)).as("it outlived close and open").isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.W4, Fate.LOST)).as("the entry is there, nothing is committed").isEqualTo(1);
    }

    @Test
    void shouldReachAnotherGuestByTheOldVmasterUnderTheStressSetting() {
        DeliveryLedger ledger = run("churn.within=any", device -> device.replaceByAnother(0));

        assertThat(ledger.of(DeliveryWindow.W1, Fate.CROSS_GUEST)).isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.W2, Fate.CROSS_GUEST)).isEqualTo(1);
    }

    @Test
    void shouldStayWithTheGuestWhenItUpdatesAnEntry() {
        DeliveryLedger ledger = run("churn.within=guest", GuestDevice::replaceBySame);

        assertThat(ledger.right()).isEqualTo(2);
        for (DeliveryWindow window : DeliveryWindow.values()) {
            assertThat(ledger.of(window, Fate.CROSS_GUEST)).as(window.name()).isZero();
        }
    }

    /** The handle is loaded when the fault is handled: a backlog goes to the guest that has the device then. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "software"})
    void shouldReachAnotherGuestByTheBacklogOfStalledFaultsToo(String fence) {
        stalled = true;
        DeliveryLedger ledger = run("fence=" + fence, device -> device.move(0));

        assertThat(ledger.of(DeliveryWindow.W2, Fate.CROSS_GUEST)).isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.W4, Fate.LOST)).as("no handle is stored at the commit").isEqualTo(1);
    }

    @Test
    void shouldQueueStalledFaultOfTheNewEntryByTheOldHandleUnderTheStressSetting() {
        stalled = true;
        DeliveryLedger ledger = run("churn.within=any", device -> device.replaceByAnother(0));

        assertThat(ledger.of(DeliveryWindow.W1, Fate.CROSS_GUEST)).isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.W2, Fate.CROSS_GUEST)).isEqualTo(1);
    }

    @Test
    void shouldLeaveNoBacklogOfStalledFaultsToAnotherGuestWhenTheDetachDrains() throws InterruptedException {
        stalled = true;
        SmmuSetup setup = newSetup("fence=drain");
        EventThread handler =
            setup.smmu().eventThread(InconsistentVdeviceTest.told(setup.eventOracles()), 0);
        Thread thread = new Thread(handler);
        // One event makes sure that the handler is open: a detach without a handler has nobody to wait for.
        setup.smmu().eventQueue().produce(fault(setup));
        thread.start();
        while (!setup.smmu().eventQueue().consumedTo(1)) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 10; i++) {
            setup.smmu().eventQueue().produce(fault(setup));
        }
        setup.device(STREAM).move(0);
        handler.stop();
        thread.join();

        assertThat(setup.smmu().ledger().total()).isEqualTo(11);
        assertThat(setup.eventOracles().deliveries().of(DeliveryWindow.W2, Fate.CROSS_GUEST)).isZero();
    }

    private DeliveryLedger run(String setting, Consumer<GuestDevice> change) {
        SmmuSetup setup = newSetup(setting);
        try (EventHandler handler =
                setup.smmu().openHandler(InconsistentVdeviceTest.told(setup.eventOracles()))) {
            EventRecord backlog = fault(setup);
            atCommit = () -> handler.handle(fault(setup));
            change.accept(setup.device(STREAM));
            atCommit = () -> { };
            handler.handle(backlog);
        }
        return setup.eventOracles().deliveries();
    }

    private SmmuSetup newSetup(String setting) {
        return Setups.setup(
            CellShared.of(
                new FakeClock(5_000, 1), Setups.scenario(setting, "stalls=" + (stalled ? "queue" : "abort")), 1),
            hooked(KernelDesign.STREAMS_MUTEX));
    }

    /** As the SMMU makes it now. */
    private EventRecord fault(SmmuSetup setup) {
        EventRecord event = new EventRecord();
        int streamId = StreamPlan.of(Setups.scenario(), null).streamIds()[STREAM];
        event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), streamId);
        event.word1 = EventRecordLayout.word1(
            stalled ? 1 : 0, stalled, false, false, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
        event.position = setup.smmu().table().indexOf(streamId);
        event.cause = setup.smmu().table().readWordAcquire(streamId, 0);
        return event;
    }

    /** Handles an event before each commit. */
    private Strategy hooked(KernelDesign design) {
        return new HookedStrategy(design, guard -> new ForwardingGuard(guard) {
            @Override
            public void commit(int streamId, long attachment) {
                atCommit.run();
                super.commit(streamId, attachment);
            }
        });
    }
}
