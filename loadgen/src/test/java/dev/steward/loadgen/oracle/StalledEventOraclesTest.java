package dev.steward.loadgen.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Oracle;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stalled faults before the oracles of the event side: judged by their order and by whether their master was found. Two
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
    private final DeviceStates states = new DeviceStates(STREAMS);
    private final EventOracles oracles = oracles(1, 2);
    private long serial;

    @BeforeEach
    void attachToTheFirst() {
        commit(Attachment.of(FIRST, vsid(FIRST)));
    }

    @Test
    void shouldJudgeItsOrderOnlyWhenItsMasterWasFound() {
        report(EventOutcome.STALL_QUEUED);
        commit(Attachment.of(SECOND, vsid(SECOND)));
        report(EventOutcome.STALL_QUEUED);

        assertThat(Violations.of(oracles)).isEmpty();
        assertThat(oracles.counts()).allSatisfy(count ->
            assertThat(count.checks()).isEqualTo(count.oracle() == Oracle.STREAM_ORDER ? 2 : 0));
        assertThat(oracles.deliveries().right()).as("its way is the attach handle's").isZero();
    }

    @Test
    void shouldCatchAFaultThatOvertookAnother() {
        serial = 10;
        report(EventOutcome.STALL_QUEUED);
        serial = 5;
        report(EventOutcome.STALL_QUEUED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.STREAM_ORDER, 1L));
    }

    @Test
    void shouldCatchAFaultThatMissesItsMaster() {
        oracles.done(ask(STREAM), EventOutcome.UNKNOWN_STREAM);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldNotAccuseAFaultThatNoAttachHandleTook() {
        report(EventOutcome.STALL_ABORTED);

        assertThat(Violations.of(oracles)).isEmpty();
        // The cause of the events of this test is the invalid phase of an update.
        assertThat(oracles.deliveries().of(DeliveryWindow.W6, DeliveryLedger.Fate.LOST)).isOne();
    }

    @Test
    void shouldAccuseAFaultThatMissesAnAttachHandleStoredBefore() {
        states.handleChanges(STREAM);
        report(EventOutcome.STALL_ABORTED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldNotAccuseAFaultWhoseAttachHandleGoesMeanwhile() {
        states.handleChanges(STREAM);
        EventRecord event = ask(STREAM);
        states.handleChanges(STREAM);
        oracles.done(event, EventOutcome.STALL_ABORTED);
        report(EventOutcome.STALL_ABORTED);

        assertThat(Violations.of(oracles)).isEmpty();
    }

    @Test
    void shouldCountNoWindowWhereEveryStallIsAborted() {
        EventOracles aborting = oracles();
        EventRecord event = event(STREAM);
        aborting.asking(event);
        aborting.insideStall(event);
        aborting.done(event, EventOutcome.STALL_ABORTED);

        assertThat(aborting.deliveries().of(DeliveryWindow.W6, DeliveryLedger.Fate.LOST)).isZero();
    }

    private EventOracles oracles(int... faultQueueIds) {
        return new EventOracles(
            clock, state, ids, new int[] {0, 1, 2, 3},
            new AtomicIntegerArray(new int[] {FIRST, SECOND}),
            new DeliveryLedger(
                clock, null, new Topology(STREAMS, 2, 2, 0), states, false, faultQueueIds));
    }

    private void report(EventOutcome outcome) {
        EventRecord event = ask(STREAM);
        oracles.insideStall(event);
        oracles.done(event, outcome);
    }

    private EventRecord ask(int stream) {
        EventRecord event = event(stream);
        oracles.asking(event);
        return event;
    }

    private EventRecord event(int stream) {
        EventRecord event = new EventRecord();
        event.position = stream;
        event.word1 = EventRecordLayout.word1(
            1, true, false, false, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
        event.serial = serial++;
        return event;
    }

    private void commit(long attachment) {
        state.committing(STREAM);
        state.committed(STREAM, attachment, AttachState.NEVER);
    }

    private int vsid(int viommuId) {
        return ids.of(viommuId - 1, STREAM);
    }
}
