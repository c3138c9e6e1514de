package dev.steward.loadgen.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventRecord;
import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Drives the oracles of the event side by hand into each violation, and through every legal interleaving with an attach
 * that looks like one. Two vIOMMUs with object ids 1 and 2; stream n has StreamID n.
 */
class EventOraclesTest {
    private static final int STREAMS = 4;
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int STREAM = 3;

    private final VirtualIds ids = new VirtualIds(STREAMS, 2);
    private final AttachState state = new AttachState(STREAMS);
    private final EventOracles oracles = new EventOracles(
        new FakeClock(1_000, 1), state, ids, new int[] {0, 1, 2, 3},
        new AtomicIntegerArray(new int[] {FIRST, SECOND}),
        new DeliveryLedger(
            new FakeClock(1_000, 1), null, new Topology(STREAMS, 2, 2, 0), new DeviceStates(STREAMS), false));
    private long serial;

    @BeforeEach
    void attachAll() {
        for (int stream = 0; stream < STREAMS; stream++) {
            attach(stream, FIRST);
        }
    }

    @Test
    void shouldAccuseNobodyWhenAllIsWell() {
        for (int round = 0; round < 3; round++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                report(stream, FIRST, vsid(FIRST, stream));
            }
        }

        assertThat(Violations.of(oracles)).isEmpty();
        assertThat(oracles.counts()).allSatisfy(count ->
            assertThat(count.checks()).isEqualTo(count.oracle() == Oracle.DESTROYED_VIOMMU ? 0 : 12));
    }

    // Torn snapshot: caught by the virtual StreamID, which belongs to another vIOMMU of the same stream.

    @Test
    void shouldCatchTheVIommuOfOneAttachmentWithTheIdOfAnother() {
        report(STREAM, FIRST, vsid(SECOND, STREAM));

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.TORN_SNAPSHOT, 1L));
    }

    // Wrong id: caught by a virtual StreamID that this stream has on no vIOMMU.

    @Test
    void shouldCatchTheIdOfAnotherStream() {
        report(STREAM, FIRST, vsid(FIRST, STREAM - 1));

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.WRONG_VSID, 1L));
    }

    @Test
    void shouldCatchAnIdThatNobodyHas() {
        report(STREAM, FIRST, 0);
        report(STREAM, FIRST, -1);
        report(STREAM, FIRST, STREAM);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.WRONG_VSID, 3L));
    }

    @Test
    void shouldCatchAVIommuThatDoesNotExist() {
        report(STREAM, 77, vsid(FIRST, STREAM));

        // It is also not the one that the stream is attached to.
        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.WRONG_VSID, 1L, Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    // Destroyed vIOMMU: caught by the outcome of the report.

    @Test
    void shouldCatchAReportToADestroyedVIommu() {
        ask(STREAM);
        inside(STREAM, FIRST);
        oracles.reported();
        done(EventOutcome.DESTROYED_VIOMMU);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.DESTROYED_VIOMMU, 1L));
    }

    // Order: caught by the serial of the arrival.

    @Test
    void shouldCatchAnEventThatWasOvertakenOnItsStream() {
        serial = 10;
        report(STREAM, FIRST, vsid(FIRST, STREAM));
        serial = 5;
        report(STREAM, FIRST, vsid(FIRST, STREAM));

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.STREAM_ORDER, 1L));
    }

    @Test
    void shouldCatchAnEventThatWasReportedTwice() {
        serial = 10;
        report(STREAM, FIRST, vsid(FIRST, STREAM));
        serial = 10;
        report(STREAM, FIRST, vsid(FIRST, STREAM));

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.STREAM_ORDER, 1L));
    }

    @Test
    void shouldNotCompareTheOrderOfDifferentStreams() {
        serial = 10;
        report(STREAM, FIRST, vsid(FIRST, STREAM));
        serial = 5;
        report(0, FIRST, vsid(FIRST, 0));

        assertThat(Violations.of(oracles)).isEmpty();
    }

    // After attach returned: caught by a look at the attach side at the start and at the end of the report. Inside the
    // guarded section no commit may have returned that gave the stream to another vIOMMU.

    @Test
    void shouldCatchAReportToTheOldVIommuAfterTheAttachReturned() {
        attach(STREAM, SECOND);
        report(STREAM, FIRST, vsid(FIRST, STREAM));

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
        assertThat(count(Oracle.AFTER_ATTACH_RETURNED).firstAtNs()).isBetween(1_000L, 1_010L);
    }

    @Test
    void shouldCatchAReportAfterTheDetachReturned() {
        detach(STREAM);
        report(STREAM, FIRST, vsid(FIRST, STREAM));

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldCatchAnEventThatMissesTheNewVIommu() {
        ask(STREAM);
        done(EventOutcome.UNATTACHED);
        ask(STREAM);
        done(EventOutcome.UNKNOWN_STREAM);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 2L));
    }

    @Test
    void shouldNotAccuseAnEventWhoseDeviceHasNoVdevice() {
        ask(STREAM);
        done(EventOutcome.NO_VDEVICE);

        assertThat(Violations.of(oracles)).isEmpty();
    }

    @Test
    void shouldNotAccuseAnEventWithoutAnAttachment() {
        detach(STREAM);
        ask(STREAM);
        done(EventOutcome.UNATTACHED);

        assertThat(Violations.of(oracles)).isEmpty();
        assertThat(count(Oracle.AFTER_ATTACH_RETURNED).checks()).isEqualTo(1);
    }

    @Test
    void shouldNotAccuseEitherAnswerWhenACommitIsUnderWayAtTheFirstLook() {
        state.committing(STREAM);
        report(STREAM, FIRST, vsid(FIRST, STREAM));
        report(STREAM, SECOND, vsid(SECOND, STREAM));
        ask(STREAM);
        state.committed(STREAM, Attachment.of(SECOND, vsid(SECOND, STREAM)), AttachState.NEVER);
        reportTo(STREAM, SECOND);

        assertThat(Violations.of(oracles)).isEmpty();
    }

    @Test
    void shouldCatchAReportThatBeginsAfterTheCommitItOverlappedReturned() {
        state.committing(STREAM);
        ask(STREAM);
        state.committed(STREAM, Attachment.of(SECOND, vsid(SECOND, STREAM)), AttachState.NEVER);
        reportTo(STREAM, FIRST);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldCatchOnceACommitThatReturnsDuringTheReport() {
        ask(STREAM);
        inside(STREAM, FIRST);
        attach(STREAM, SECOND);
        oracles.reported();
        done(EventOutcome.QUEUED);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldNotAccuseEitherAnswerWhenACommitBeginsBetweenTheLooks() {
        for (int viommu = FIRST; viommu <= SECOND; viommu++) {
            ask(STREAM);
            state.committing(STREAM);
            reportTo(STREAM, viommu);
            state.committed(STREAM, Attachment.of(FIRST, vsid(FIRST, STREAM)), AttachState.NEVER);
        }

        assertThat(Violations.of(oracles)).isEmpty();
    }

    @Test
    void shouldCatchTheOldVIommuWhenAWholeCommitFellBetweenQuestionAndReport() {
        ask(STREAM);
        attach(STREAM, SECOND);
        reportTo(STREAM, FIRST);
        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));

        ask(STREAM);
        attach(STREAM, FIRST);
        reportTo(STREAM, FIRST);
        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldCatchTheVIommuBetweenTwoCommitsThatLeadBack() {
        ask(STREAM);
        attach(STREAM, SECOND);
        attach(STREAM, FIRST);
        reportTo(STREAM, SECOND);

        assertThat(Violations.of(oracles)).isEqualTo(Map.of(Oracle.AFTER_ATTACH_RETURNED, 1L));
    }

    @Test
    void shouldNotAccuseADetachBetweenTheLooks() {
        ask(STREAM);
        detach(STREAM);
        done(EventOutcome.UNATTACHED);
        ask(STREAM);
        attach(STREAM, SECOND);
        done(EventOutcome.UNATTACHED);

        assertThat(Violations.of(oracles)).isEmpty();
    }

    @Test
    void shouldNotAccuseAReAttachToTheSameVIommu() {
        attach(STREAM, FIRST);
        report(STREAM, FIRST, vsid(FIRST, STREAM));
        ask(STREAM);
        attach(STREAM, FIRST);
        reportTo(STREAM, FIRST);

        assertThat(Violations.of(oracles)).isEmpty();
    }

    @Test
    void shouldNotAccuseACommitOnAnotherStream() {
        ask(STREAM);
        attach(0, SECOND);
        reportTo(STREAM, FIRST);

        assertThat(Violations.of(oracles)).isEmpty();
    }

    @Test
    void shouldNotJudgeAnEventByTheLookOfTheOneBefore() {
        report(STREAM, FIRST, vsid(FIRST, STREAM));
        // An id that is not forwarded never asks.
        done(EventOutcome.UNKNOWN_STREAM);
        // Nor does an event of a stream that the table does not hold find a state to look at.
        ask(1_000);
        done(EventOutcome.UNKNOWN_STREAM);

        assertThat(Violations.of(oracles)).isEmpty();
    }

    private void done(EventOutcome outcome) {
        oracles.done(new EventRecord(), outcome);
    }

    private void attach(int stream, int viommuId) {
        state.committing(stream);
        state.committed(stream, Attachment.of(viommuId, vsid(viommuId, stream)), AttachState.NEVER);
    }

    private void detach(int stream) {
        state.committing(stream);
        state.committed(stream, Attachment.NOT_ATTACHED, AttachState.NEVER);
    }

    private void report(int stream, int viommuId, int virtualStreamId) {
        EventRecord event = ask(stream);
        oracles.inside(event, viommuId, virtualStreamId);
        oracles.reported();
        done(EventOutcome.QUEUED);
    }

    private EventRecord ask(int stream) {
        EventRecord event = event(stream);
        oracles.asking(event);
        return event;
    }

    private void reportTo(int stream, int viommu) {
        inside(stream, viommu);
        oracles.reported();
        done(EventOutcome.QUEUED);
    }

    private void inside(int stream, int viommuId) {
        oracles.inside(event(stream), viommuId, vsid(viommuId, stream));
    }

    private EventRecord event(int stream) {
        EventRecord event = new EventRecord();
        event.position = stream < STREAMS ? stream : StreamIndex.ABSENT;
        event.serial = serial++;
        return event;
    }

    private int vsid(int viommuId, int stream) {
        return ids.of(viommuId - 1, stream);
    }

    private OracleCount count(Oracle oracle) {
        return oracles.counts().stream().filter(count -> count.oracle() == oracle).findFirst().orElseThrow();
    }
}
