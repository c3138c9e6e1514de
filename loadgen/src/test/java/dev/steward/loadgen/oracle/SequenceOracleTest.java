package dev.steward.loadgen.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import org.junit.jupiter.api.Test;

/** Losses of a vEVENTQ: caught by more missing sequences than the queue has counted, or in the end by fewer. */
class SequenceOracleTest {
    private final OracleCount gaps = new OracleCount(Oracle.SEQUENCE_GAP);
    private long lost;

    @Test
    void shouldCatchAGapThatNoLossExplains() {
        SequenceOracle oracle = oracle(0);
        oracle.next(0, false);
        oracle.next(2, false);

        assertThat(gaps.violations()).isEqualTo(1);
    }

    @Test
    void shouldCatchAMissingFirstRecord() {
        oracle(0).next(1, false);

        assertThat(gaps.violations()).isEqualTo(1);
    }

    @Test
    void shouldCatchAMarkerWithoutALoss() {
        oracle(0).next(0, true);

        assertThat(gaps.violations()).isEqualTo(1);
    }

    @Test
    void shouldCatchARecordThatComesTwiceOrTooEarly() {
        SequenceOracle oracle = oracle(0);
        oracle.next(0, false);
        oracle.next(0, false);
        assertThat(gaps.violations()).isEqualTo(1);

        SequenceOracle other = oracle(0);
        other.next(0, false);
        other.next(1, false);
        other.next(0, false);
        assertThat(gaps.violations()).isEqualTo(2);
    }

    @Test
    void shouldAllowUnseenLossesOnlyOfAQueueThatWentWhenItWasFull() {
        SequenceOracle oracle = oracle(0);
        oracle.next(0, false);
        lost = 1;
        oracle.end(true);
        assertThat(gaps.violations()).isZero();

        oracle.next(3, false);
        assertThat(gaps.violations()).isEqualTo(1);
        oracle.end(true);
        assertThat(gaps.violations()).as("more seen than lost").isEqualTo(2);
    }

    @Test
    void shouldCatchALossThatWasCountedButNeverShown() {
        SequenceOracle oracle = oracle(0);
        oracle.next(0, false);
        lost = 1;
        oracle.end(false);

        assertThat(gaps.violations()).isEqualTo(1);
    }

    @Test
    void shouldCatchOneUnexplainedLossAmongCountedOnes() {
        SequenceOracle oracle = oracle(0);
        lost = 3;
        oracle.next(0, false);
        oracle.next(4, false);
        assertThat(gaps.violations()).isZero();
        oracle.next(6, false);
        assertThat(gaps.violations()).isEqualTo(1);
    }

    @Test
    void shouldAcceptAMarkerAndThenANormalEvent() {
        SequenceOracle oracle = oracle(0);
        oracle.next(0, false);
        oracle.next(1, false);
        lost = 3;
        // Events 2, 3 and 4 are lost; the marker carries the last of them.
        oracle.next(4, true);
        oracle.next(5, false);
        oracle.end(false);

        assertThat(gaps.violations()).isZero();
        assertThat(gaps.checks()).isEqualTo(5);
    }

    @Test
    void shouldAcceptAMarkerForASingleLossAndMarkersInARow() {
        SequenceOracle oracle = oracle(0);
        lost = 1;
        oracle.next(0, true);
        lost = 2;
        oracle.next(1, true);
        oracle.next(2, false);
        oracle.end(false);

        assertThat(gaps.violations()).isZero();
    }

    @Test
    void shouldAcceptTheWrapOfTheSequence() {
        SequenceOracle oracle = oracle(VEventLayout.MAX_SEQUENCE - 1);
        oracle.next(VEventLayout.MAX_SEQUENCE - 1, false);
        oracle.next(VEventLayout.MAX_SEQUENCE, false);
        oracle.next(0, false);
        oracle.next(1, false);
        oracle.end(false);

        assertThat(gaps.violations()).isZero();
    }

    @Test
    void shouldCountLossesAcrossTheWrap() {
        SequenceOracle oracle = oracle(VEventLayout.MAX_SEQUENCE);
        lost = 3;
        oracle.next(1, true);
        oracle.next(2, false);
        oracle.end(false);
        assertThat(gaps.violations()).isZero();

        SequenceOracle other = oracle(VEventLayout.MAX_SEQUENCE);
        lost = 2;
        other.next(1, true);
        assertThat(gaps.violations()).isEqualTo(1);
    }

    private SequenceOracle oracle(int first) {
        return new SequenceOracle(new FakeClock(0, 1), gaps, first, () -> lost);
    }
}
