package dev.steward.loadgen.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamTable;
import dev.steward.loadgen.load.Setups;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.StreamPlan;
import dev.steward.loadgen.record.FakeClock;
import org.junit.jupiter.api.Test;

/**
 * Drives the ledger by hand through every window of docs/domain.md, 5.4, on an SMMU whose attach side stands still
 * where the test wants it. Stream 0 begins on vIOMMU 0; vIOMMUs 0 and 2 belong to guest 0, 1 and 3 to guest 1.
 */
class DeliveryLedgerTest {
    private static final int STREAM = 0;

    private final FakeClock clock = new FakeClock(5_000, 0);
    private final SmmuSetup setup = Setups.setup(Setups.scenario("guests=2", "churn.within=any"), clock);
    private final StreamTable table = setup.smmu().table();
    private final Topology topology = Topology.of(Setups.scenario("guests=2"));
    private final VirtualIds ids = new VirtualIds(8, topology.viommus());
    private final DeviceStates states = new DeviceStates(8);
    private final DeliveryLedger ledger = new DeliveryLedger(clock, table, topology, states, false, 1, 2);
    private final int streamId = StreamPlan.of(Setups.scenario(), null).streamIds()[STREAM];

    @Test
    void shouldCountAsRightWhatGoesWhereTheEntrySays() {
        EventRecord event = caused();
        deliver(event, 0, ids.of(0, STREAM));

        assertThat(ledger.right()).isEqualTo(1);
        assertThat(misrouted()).isZero();
    }

    @Test
    void shouldSeeW1WhenTheNewEntryIsReportedByTheOldVmaster() {
        setup.device(STREAM).replaceByAnother(1);
        EventRecord event = caused();
        assertThat(SteTag.viommu(event.cause)).isEqualTo(2);

        reported(event, 0, false);
        reported(event, 1, false);

        assertThat(ledger.of(DeliveryWindow.W1, DeliveryLedger.Fate.SAME_GUEST)).isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.W1, DeliveryLedger.Fate.CROSS_GUEST)).isEqualTo(1);
        assertThat(misrouted()).isEqualTo(2);
    }

    /** The event was caused by the current entry, and the vDEVICE is already the next one: the two do not match. */
    @Test
    void shouldTellAReportByTheNextVdeviceFromOneByTheOldVmaster() {
        reported(caused(), 2, true);
        reported(caused(), 1, true);

        assertThat(ledger.of(DeliveryWindow.OPS, DeliveryLedger.Fate.SAME_GUEST)).isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.OPS, DeliveryLedger.Fate.CROSS_GUEST)).isEqualTo(1);
        assertThat(misrouted()).isEqualTo(2);
    }

    @Test
    void shouldBookWhatAClearedPointerDropsWithTheOpsAndNotWithW5() {
        DeliveryLedger ofPointer = new DeliveryLedger(clock, table, topology, states, true, 1, 2);
        ofPointer.withoutVdevice(caused());
        ofPointer.withoutVdevice(new EventRecord());

        assertThat(ofPointer.of(DeliveryWindow.OPS, DeliveryLedger.Fate.LOST)).isEqualTo(1);
        assertThat(ofPointer.of(DeliveryWindow.W5, DeliveryLedger.Fate.LOST)).isZero();
    }

    @Test
    void shouldSeeW2WhenTheBacklogIsReportedByTheNewVmaster() {
        EventRecord event = caused();
        event.startNs = 2_000;
        setup.device(STREAM).replaceByAnother(0);

        deliver(event, 1, ids.of(1, STREAM));

        assertThat(ledger.of(DeliveryWindow.W2, DeliveryLedger.Fate.CROSS_GUEST)).isEqualTo(1);
        assertThat(ledger.oldestNs(DeliveryWindow.W2)).isEqualTo(3_000);
        assertThat(misrouted()).isEqualTo(1);
    }

    @Test
    void shouldSeeW3WhenTheDetachWasFasterThanTheHandler() {
        EventRecord event = caused();
        states.detached(STREAM, true);

        ledger.unattached(event, STREAM);

        assertThat(ledger.of(DeliveryWindow.W3, DeliveryLedger.Fate.LOST)).isEqualTo(1);
        assertThat(misrouted()).isEqualTo(1);
    }

    @Test
    void shouldSeeW3ForABacklogThatMeetsANewAttachOnTheWay() {
        EventRecord event = caused();
        setup.device(STREAM).replaceBySame();

        ledger.unattached(event, STREAM);

        assertThat(ledger.of(DeliveryWindow.W3, DeliveryLedger.Fate.LOST)).isEqualTo(1);
    }

    @Test
    void shouldSeeW4WhenTheEntryIsThereBeforeTheVmaster() {
        ledger.unattached(caused(), STREAM);

        assertThat(ledger.of(DeliveryWindow.W4, DeliveryLedger.Fate.LOST)).isEqualTo(1);
        assertThat(misrouted()).isEqualTo(1);
    }

    @Test
    void shouldSeeW5WhenTheVdeviceIsGone() {
        states.virtualStreamId(STREAM, ids.otherOf(0, STREAM));
        reported(caused(), 0, ledger.ofVdevice(STREAM, ids.of(0, STREAM)));

        assertThat(ledger.of(DeliveryWindow.W5, DeliveryLedger.Fate.SAME_GUEST)).isEqualTo(1);
        assertThat(misrouted()).isEqualTo(1);
    }

    /** Under a design that looks the virtual id up for each event. */
    @Test
    void shouldCountAsLostInW5WhatFoundNoVdevice() {
        ledger.withoutVdevice(caused());
        ledger.withoutVdevice(new EventRecord());

        assertThat(ledger.of(DeliveryWindow.W5, DeliveryLedger.Fate.LOST)).isEqualTo(1);
        assertThat(ledger.unprovoked()).isEqualTo(1);
        assertThat(misrouted()).isEqualTo(1);
    }

    @Test
    void shouldSeeW6WhenTheEntryWasInvalid() {
        EventRecord event = new EventRecord();
        event.cause = SteTag.INVALID;
        deliver(event, 0, ids.of(0, STREAM));
        ledger.unattached(event, STREAM);

        assertThat(ledger.of(DeliveryWindow.W6, DeliveryLedger.Fate.SAME_GUEST)).isEqualTo(1);
        assertThat(ledger.of(DeliveryWindow.W6, DeliveryLedger.Fate.LOST)).isEqualTo(1);
    }

    @Test
    void shouldSeeW7WhenTheMasterIsGone() {
        ledger.unknownStream(caused());

        assertThat(ledger.of(DeliveryWindow.W7, DeliveryLedger.Fate.LOST)).isEqualTo(1);
    }

    @Test
    void shouldNotCallAnEventMisroutedThatNoNestedEntryCaused() {
        EventRecord event = new EventRecord();
        event.cause = SteTag.guestAbortWord0();
        deliver(event, 0, ids.of(0, STREAM));
        ledger.unattached(event, STREAM);
        ledger.unknownStream(event);

        assertThat(ledger.unprovoked()).isEqualTo(3);
        assertThat(misrouted()).isZero();
    }

    @Test
    void shouldTakeASpareVIommuForTheGuestsOwn() {
        EventRecord event = caused();
        event.cause |= SteTag.guestWord0(4, STREAM, 1);
        assertThat(SteTag.viommu(event.cause)).isEqualTo(4);

        deliver(event, 1, ids.of(1, STREAM));

        assertThat(ledger.of(DeliveryWindow.W2, DeliveryLedger.Fate.SAME_GUEST)).isEqualTo(1);
    }

    @Test
    void shouldBeToldByTheOraclesOfEveryEventOfACell() {
        EventOracles oracles = setup.eventOracles();
        EventRecord event = caused();
        oracles.asking(event);
        oracles.inside(event, setup.viommus().get(0).viommu().id(), ids.of(0, STREAM));
        oracles.reported();
        oracles.done(event, EventOutcome.QUEUED);
        oracles.asking(event);
        oracles.done(event, EventOutcome.UNATTACHED);

        assertThat(oracles.deliveries().right()).isEqualTo(1);
        assertThat(oracles.deliveries().of(DeliveryWindow.W4, DeliveryLedger.Fate.LOST)).isEqualTo(1);
    }

    /** An event as the SMMU makes it now. */
    private EventRecord caused() {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.withStreamId(0, streamId);
        event.position = table.indexOf(streamId);
        event.cause = table.readWordAcquire(streamId, 0);
        return event;
    }

    private void deliver(EventRecord event, int viommu, int virtualStreamId) {
        states.virtualStreamId(STREAM, virtualStreamId);
        reported(event, viommu, ledger.ofVdevice(STREAM, virtualStreamId));
    }

    private void reported(EventRecord event, int viommu, boolean ofVdevice) {
        ledger.reported(event, viommu, ofVdevice);
    }

    private long misrouted() {
        long misrouted = 0;
        for (DeliveryWindow window : DeliveryWindow.values()) {
            for (DeliveryLedger.Fate fate : DeliveryLedger.Fate.values()) {
                misrouted += ledger.of(window, fate);
            }
        }
        return misrouted;
    }
}
