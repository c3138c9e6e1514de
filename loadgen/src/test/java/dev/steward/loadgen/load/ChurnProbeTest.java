package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.loadgen.oracle.AttachState;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The attach side of invariant I2: a commit must not return while the handler still reports to another vIOMMU. */
class ChurnProbeTest {
    private static final int STREAM = 3;
    private static final long TICK_NS = 100;
    private static final Window WINDOW = new Window(0, 0, 1_000_000);

    private final FakeClock clock = new FakeClock(1_000, TICK_NS);
    private final AttachState state = new AttachState(8);
    private final ChurnProbe probe = new ChurnProbe(clock, new FlatIndex(), state);
    private final Recorders recorders = new Recorders(WINDOW);
    private final ChurnRecord record = new ChurnRecord(recorders);

    @BeforeEach
    void enter() {
        commit(Attachment.of(1, 11));
        probe.enter(record);
    }

    @Test
    void shouldCatchAReportToTheOldVIommuThatIsStillUnderWay() {
        state.reportBegins(STREAM, 1);
        commit(Attachment.of(2, 21));

        assertThat(record.late.violations()).isEqualTo(1);
        assertThat(record.late.oracle()).isEqualTo(Oracle.AFTER_ATTACH_RETURNED);
        assertThat(record.late.firstAtNs()).isGreaterThan(1_000);
    }

    @Test
    void shouldCatchAReportThatIsStillUnderWayWhenTheDetachReturns() {
        state.reportBegins(STREAM, 1);
        commit(Attachment.NOT_ATTACHED);

        assertThat(record.late.violations()).isEqualTo(1);
    }

    @Test
    void shouldNotAccuseAReportThatHasEnded() {
        state.reportBegins(STREAM, 1);
        state.reportEnds();
        commit(Attachment.of(2, 21));

        assertThat(record.late.violations()).isZero();
        assertThat(record.late.checks()).isEqualTo(1);
    }

    @Test
    void shouldNotAccuseAReportToTheNewVIommu() {
        probe.committing(STREAM, Attachment.of(2, 21));
        state.reportBegins(STREAM, 2);
        probe.committed(STREAM, Attachment.of(2, 21));

        assertThat(record.late.violations()).isZero();
    }

    @Test
    void shouldNotAccuseAReportToTheSameVIommu() {
        state.reportBegins(STREAM, 1);
        commit(Attachment.of(1, 12));

        assertThat(record.late.violations()).isZero();
    }

    @Test
    void shouldNotAccuseAReportOnAnotherStream() {
        state.reportBegins(STREAM - 1, 1);
        commit(Attachment.of(2, 21));
        state.reportBegins(0, 1);
        commit(Attachment.NOT_ATTACHED);

        assertThat(record.late.violations()).isZero();
    }

    @Test
    void shouldShowTheHandlerACommitUnderWayAndThenItsVIommu() {
        long before = state.look(STREAM);
        assertThat(AttachState.stable(before)).isTrue();
        assertThat(AttachState.viommuId(before)).isEqualTo(1);
        probe.committing(STREAM, Attachment.of(2, 21));
        assertThat(AttachState.stable(state.look(STREAM))).isFalse();
        probe.committed(STREAM, Attachment.of(2, 21));
        long after = state.look(STREAM);
        assertThat(AttachState.stable(after)).isTrue();
        assertThat(AttachState.viommuId(after)).isEqualTo(2);
        commit(Attachment.NOT_ATTACHED);
        assertThat(AttachState.viommuId(state.look(STREAM))).isZero();
        // Back to the same vIOMMU is another state: the handler must see that there was a commit.
        commit(Attachment.of(2, 21));
        assertThat(state.look(STREAM)).isNotEqualTo(after);
    }

    @Test
    void shouldAddUpTheCommitsOfOneOperationAndRecordItsGracePeriods() {
        record.begin(5_000, true);
        commit(Attachment.NOT_ATTACHED);
        probe.onGracePeriodBegin();
        clock.advance(7_000);
        probe.onGracePeriodEnd();
        probe.onGracePeriodBegin();
        clock.advance(2_000);
        probe.onGracePeriodEnd();
        assertThat(record.grace.intervals()[0].getTotalCount()).as("not inside the timed commit").isZero();
        commit(Attachment.of(2, 21));
        commit(Attachment.of(2, 21));

        assertThat(record.commitNs).isEqualTo(3 * TICK_NS);
        assertThat(record.grace.intervals()[0].getTotalCount()).isEqualTo(1);
        assertThat(record.grace.intervals()[0].getMaxValue()).as("both of one commit").isBetween(9_000L, 9_400L);
    }

    @Test
    void shouldNotRecordWhatIsNotMeasured() {
        record.begin(5_000, false);
        probe.onGracePeriodBegin();
        probe.onGracePeriodEnd();
        record.end(5_000, 6_000);

        assertThat(recorders.all()).allSatisfy(
            recorder -> assertThat(recorder.intervals()[0].getTotalCount()).isZero());
    }

    private void commit(long attachment) {
        probe.committing(STREAM, attachment);
        probe.committed(STREAM, attachment);
    }

    private static final class FlatIndex implements StreamIndex {
        @Override
        public int indexOf(int streamId) {
            return streamId;
        }

        @Override
        public int capacity() {
            return 8;
        }
    }
}
