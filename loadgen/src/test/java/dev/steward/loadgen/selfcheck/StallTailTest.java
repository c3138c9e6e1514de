package dev.steward.loadgen.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.record.IntervalRecorder;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What 10 ms at 20 000 arrivals a second must look like, and what generators that are wrong make of it. */
class StallTailTest {
    private static final double STALL_NS = 10_000_000;
    private static final double RATE = 20_000;
    private static final long GAP_NS = 50_000;
    private static final int QUIET = 400;

    private final StallTail tail = new StallTail(STALL_NS, RATE);

    @Test
    void shouldAcceptWhatAnOpenLoopSees() {
        assertThat(tail.expectedLate()).isEqualTo(190);
        assertThat(tail.intended(openLoop())).hasSize(3).allMatch(StallTail.Row::ok);
        assertThat(tail.number("number", openLoop()).ok()).isTrue();
    }

    /** A closed loop omits what came due meanwhile: one slow operation is all that it sees. */
    @Test
    void shouldRefuseWhatAClosedLoopSees() {
        Histogram closed = quiet();
        closed.recordValue((long) STALL_NS);

        assertThat(tail.intended(closed)).extracting(StallTail.Row::ok).containsExactly(true, false, false);
        assertThat(tail.hidden(closed).ok()).isTrue();
        assertThat(tail.hidden(openLoop()).ok()).isFalse();
    }

    @Test
    void shouldRefuseATailThatIsTooShortOrTooLongByMoreThanFivePercent() {
        assertThat(new StallTail(STALL_NS * 0.9, RATE).intended(openLoop()).get(0).ok()).isFalse();
        assertThat(new StallTail(STALL_NS * 1.1, RATE).intended(openLoop()).get(0).ok()).isFalse();
        assertThat(new StallTail(STALL_NS, RATE * 1.2).intended(openLoop()).get(1).ok()).isFalse();
    }

    /** As many, and as late at most, but all of them at the end: a generator that catches up in one go. */
    @Test
    void shouldRefuseASpreadThatIsNotEven() {
        Histogram lumped = quiet();
        for (int i = 0; i < 190; i++) {
            lumped.recordValue((long) STALL_NS);
        }

        assertThat(tail.intended(lumped)).extracting(StallTail.Row::ok).containsExactly(true, true, false);
    }

    @Test
    void shouldRefuseNothingAtAll() {
        assertThat(tail.intended(quiet())).noneMatch(StallTail.Row::ok);
    }

    private static Histogram openLoop() {
        Histogram latencies = quiet();
        for (long waitNs = (long) STALL_NS; waitNs > 0; waitNs -= GAP_NS) {
            latencies.recordValue(waitNs);
        }
        return latencies;
    }

    private static Histogram quiet() {
        Histogram latencies = new Histogram(1, IntervalRecorder.MAX_VALUE_NS, 3);
        latencies.recordValueWithCount(2_000, QUIET);
        return latencies;
    }
}
