package dev.steward.loadgen.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Oracle;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stalled faults before the oracles of the event side: judged by what the guard has found, wherever their queue is. Two
 * vIOMMUs with object ids 1 and 2; stream n has StreamID n.
 */
class StalledEventOraclesTest {
    private static final int STREAMS = 4;
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int STREAM = 3;

    private final FakeClock clock = new FakeClock(1_000, 1);
    private final VirtualIds ids = new VirtualIds(STREAMS, 2);
    private final AttachState state = new AttachState(STREAMS);
    private final EventOracles oracles = new EventOracles(
        clock, state, ids, new int[] {0, 1, 2, 3},
        new AtomicIntegerArray(new int[] {FIRST, SECOND}),
        new DeliveryLedger(clock, null, new Topology(STREAMS, 2, 2, 0), new DeviceStates(STREAMS), false));
    private long serial;

    @BeforeEach
    void attachToTheFirst() {
        commit(Attachment.of(FIRST, vsid(FIRST)));
    }

    @Test
    void shouldAccuseNobodyWhenAllIsWell() {
        report(FIRST, vsid(FIRST), EventOutcome.STALL_QUEUED);
        report(FIRST, vsid(FIRST), EventOutcome.STALL_ABORTED);

        assertThat(Violations.of(oracles)).isEmpty();
        assertThat(oracles.counts()).allSatisfy(count ->
            assertThat(count.checks()).isEqualTo(count.oracle() == Oracle.DESTROYED_VIOMMU ? 0 : 2));
        assertThat(oracles.deliveries().right()).as("its way is the attach handle's").isZero();
    }

    @Test
    void shouldCatchTheVIommuOfOneAttachmentWithTheIdOfAnother() {
        report(FIRST, vsid(SECOND), EventOutcome.STALL_QUEUED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.TORN_SNAPSHOT, 1L));
    }

    @Test
    void shouldCatchTheIdOfAnotherStream() {
        report(FIRST, vsid(FIRST) - 1, EventOutcome.STALL_QUEUED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.WRONG_VSID, 1L));
    }

    @Test
    void shouldCatchTheOldVIommuAfterTheAttachReturned() {
        commit(Attachment.of(SECOND, vsid(SECOND)));
        report(FIRST, vsid(FIRST), EventOutcome.STALL_QUEUED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldCatchACommitThatReturnsDuringTheReport() {
        EventRecord event = ask(STREAM);
        oracles.inside(event, FIRST, vsid(FIRST));
        assertThat(state.reportsToAnother(STREAM, Attachment.of(SECOND, vsid(SECOND))))
            .as("the attach side is told").isTrue();
        commit(Attachment.of(SECOND, vsid(SECOND)));
        oracles.reported();
        oracles.done(event, EventOutcome.STALL_QUEUED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldCatchAFaultThatOvertookAnother() {
        serial = 10;
        report(FIRST, vsid(FIRST), EventOutcome.STALL_QUEUED);
        serial = 5;
        report(FIRST, vsid(FIRST), EventOutcome.STALL_QUEUED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.STREAM_ORDER, 1L));
    }

    @Test
    void shouldCatchAFaultThatMissesItsVIommu() {
        miss(STREAM);
        oracles.done(ask(STREAM), EventOutcome.UNKNOWN_STREAM);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 2L));
    }

    @Test
    void shouldNotAccuseAFaultWithoutAnAttachmentOrAnEntry() {
        commit(Attachment.NOT_ATTACHED);
        miss(STREAM);
        miss(1_000);

        assertThat(Violations.of(oracles)).isEmpty();
        // The cause of the events of this test is the invalid phase of an update.
        assertThat(oracles.deliveries().of(DeliveryWindow.W6, DeliveryLedger.Fate.LOST)).isOne();
    }

    private void report(int viommuId, int virtualStreamId, EventOutcome outcome) {
        EventRecord event = ask(STREAM);
        oracles.inside(event, viommuId, virtualStreamId);
        oracles.reported();
        oracles.done(event, outcome);
    }

    private void miss(int stream) {
        EventRecord event = ask(stream);
        oracles.done(event, EventOutcome.STALL_UNATTACHED);
    }

    private EventRecord ask(int stream) {
        EventRecord event = new EventRecord();
        event.position = stream < STREAMS ? stream : StreamIndex.ABSENT;
        event.word1 = EventRecordLayout.word1(
            1, true, false, false, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
        event.serial = serial++;
        oracles.asking(event);
        return event;
    }

    private void commit(long attachment) {
        state.committing(STREAM);
        state.committed(STREAM, attachment);
    }

    private int vsid(int viommuId) {
        return ids.of(viommuId - 1, STREAM);
    }
}
