package dev.steward.loadgen.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.stream.CommandLayout;
import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.OracleCount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drives the account of the hardware by hand through a life of stalls, and into each violation. */
class StalledTransactionsTest {
    private static final int MAX = 3;
    private static final int STREAM_ID = 7;
    private static final long END_NS = 5_000;

    private final FakeClock clock = new FakeClock(1_000, 0);
    private final List<String> answers = new ArrayList<>();
    private final StalledTransactions stalled = new StalledTransactions(
        clock, MAX, (streamId, tag, response, stamp) -> answers.add(streamId + ":" + tag + " at " + stamp));

    @Test
    void shouldAccuseNobodyWhenEachStallIsResumedOnce() {
        for (int round = 0; round < 10; round++) {
            EventRecord first = stall();
            EventRecord second = stall();
            assertThat(EventRecordLayout.stallTag(first.word1)).isNotEqualTo(EventRecordLayout.stallTag(second.word1));
            resume(second);
            resume(first);
        }

        assertThat(answers).hasSize(20);
        assertThat(result().checks()).isEqualTo(20);
        assertThat(result().violations()).isZero();
    }

    @Test
    void shouldLeaveTheRestOfTheRecordAlone() {
        EventRecord event = stall();
        assertThat(event.word1 & ~0xffffL).isEqualTo(record().word1 & ~0xffffL);
        assertThat(event.word0).isEqualTo(record().word0);
    }

    @Test
    void shouldRefuseWhatTheSmmuCannotHoldUntilOneIsResumed() {
        EventRecord first = stall();
        stall();
        stall();
        EventRecord fourth = record();
        assertThat(stalled.admit(fourth)).isFalse();
        assertThat(fourth.word1).isEqualTo(record().word1);
        assertThat(stalled.refused()).isOne();

        resume(first);
        assertThat(stalled.admit(record())).isTrue();
        assertThat(stalled.refused()).isOne();
    }

    @Test
    void shouldCatchASecondResume() {
        EventRecord event = stall();
        resume(event);
        clock.advance(10);
        resume(event);
        clock.advance(10);
        resume(event);

        assertThat(result().violations()).isEqualTo(2);
        assertThat(result().firstAtNs()).isEqualTo(1_010);
    }

    /** Nor does one that is never resumed make up for it, as sums would. */
    @Test
    void shouldCatchOneResumedTwiceAndAnotherNever() {
        EventRecord event = stall();
        stall();
        resume(event);
        resume(event);

        assertThat(result().violations()).isEqualTo(2);
    }

    @Test
    void shouldCatchATransactionThatIsNeverResumed() {
        stall();

        assertThat(result().violations()).isOne();
        assertThat(result().firstAtNs()).isEqualTo(END_NS);
    }

    @Test
    void shouldCatchATagThatNeverStalled() {
        EventRecord event = stall();
        int tag = EventRecordLayout.stallTag(event.word1);
        stalled.resumed(STREAM_ID, (tag + 1) % MAX, CommandLayout.RESUME_0_RESPONSE_RETRY, 0);
        stalled.resumed(STREAM_ID, EventRecordLayout.MAX_STALL_TAG, CommandLayout.RESUME_0_RESPONSE_ABORT, 0);
        assertThat(result().violations()).as("two strays, one still stalled").isEqualTo(3);
        resume(event);
        assertThat(result().violations()).isEqualTo(2);
    }

    @Test
    void shouldCatchTheTagOfAnotherStream() {
        EventRecord event = stall();
        stalled.resumed(
            STREAM_ID + 1, EventRecordLayout.stallTag(event.word1), CommandLayout.RESUME_0_RESPONSE_RETRY, 0);
        resume(event);

        assertThat(result().violations()).isOne();
    }

    @ParameterizedTest
    @EnumSource(value = EventOutcome.class, names = {"NOT_FORWARDED", "UNKNOWN_STREAM"})
    void shouldGiveUpWhatTheDriverDoesNotAnswer(EventOutcome outcome) {
        for (int i = 0; i < 2 * MAX; i++) {
            stalled.handled(stall(), outcome);
        }

        assertThat(result().violations()).isZero();
        assertThat(answers).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = EventOutcome.class, names = {"STALL_QUEUED", "STALL_ABORTED"})
    void shouldWaitForTheAnswerToWhatTheDriverTook(EventOutcome outcome) {
        stalled.handled(stall(), outcome);

        assertThat(result().violations()).isOne();
    }

    private OracleCount result() {
        return stalled.resumedOnce(END_NS);
    }

    private EventRecord stall() {
        EventRecord event = record();
        assertThat(stalled.admit(event)).isTrue();
        return event;
    }

    private void resume(EventRecord event) {
        stalled.resumed(
            EventRecordLayout.streamId(event.word0), EventRecordLayout.stallTag(event.word1),
            CommandLayout.RESUME_0_RESPONSE_RETRY, event.intendedNs);
    }

    /** With the tag that a log gives it. */
    private static EventRecord record() {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), STREAM_ID);
        event.word1 = EventRecordLayout.word1(
            0x1234, true, false, true, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
        return event;
    }
}
