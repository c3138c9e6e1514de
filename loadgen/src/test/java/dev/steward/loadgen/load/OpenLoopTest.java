package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.record.FakeClock;
import dev.steward.loadgen.record.Recorders;
import dev.steward.loadgen.record.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final long TICK_NS = 1;
    private static final long GAP_NS = 1_000;
    private static final long START_NS = 5_000;
    /** Behind the looks at the clock with which the load begins. */
    private static final long FIRST_DUE_NS = 500;
    /** Two arrivals of warm-up, eight to measure; given up from 2,000 ns after the end. */
    private static final Window WINDOW = new Window(START_NS, START_NS + 2 * GAP_NS, START_NS + 10 * GAP_NS);

    private final FakeClock clock = new FakeClock(0, TICK_NS);
    private final OpenLoop loop = new OpenLoop(
        clock, WINDOW, new Pacer(clock, 0), new Recorders(WINDOW).recorder("lateness"));
    private final List<Long> intendedNs = new ArrayList<>();
    private final List<Long> latenessesNs = new ArrayList<>();
    private int drawn;

    @Test
    void shouldStartEachArrivalOnItsTimeFromTheStartToTheEndOfTheWindow() {
        run(100);

        assertThat(intendedNs).isEqualTo(schedule(10));
        assertThat(latenessesNs).containsOnly(0L);
        assertProgress(10, 8, 8);
        assertThat(drawn).as("the first one that is due after the end is the last drawn").isEqualTo(11);
        assertThat(loop.progress().firstActiveNs()).isEqualTo(START_NS + TICK_NS);
        assertThat(loop.progress().lastActiveNs()).isEqualTo(WINDOW.measureToNs() + TICK_NS);
    }

    @Test
    void shouldKeepTheIntendedTimeOfAnArrivalThatStartsLate() {
        clock.stallAt(START_NS + 3 * GAP_NS, 2 * GAP_NS);
        run(0);

        assertThat(intendedNs).isEqualTo(schedule(10));
        assertThat(latenessesNs.subList(0, 3)).containsOnly(0L);
        assertThat(latenessesNs.get(3)).isEqualTo(2 * GAP_NS - FIRST_DUE_NS);
        assertThat(latenessesNs.get(4)).isEqualTo(GAP_NS - FIRST_DUE_NS + TICK_NS);
        assertThat(latenessesNs.subList(5, 10)).containsOnly(0L);
        assertProgress(10, 8, 8);
    }

    @Test
    void shouldNotLetTheScheduleDriftWhenEveryArrivalIsLate() {
        run(GAP_NS + 100);

        assertThat(intendedNs).isEqualTo(schedule(10));
        // Each starts when the one before has ended, which its wait finds at the first look.
        assertThat(latenessesNs).isEqualTo(LongStream.range(0, 10).mapToObj(i -> i * (100 + TICK_NS)).toList());
        // The last one starts after the window.
        assertProgress(10, 8, 7);
    }

    @Test
    void shouldGiveUpWhatIsLeftWithoutALookAtTheClock() {
        run(5 * GAP_NS);

        // Started 0, 5 and 10 gaps after the first was due. At 15 the time is up: that is two gaps after the end.
        assertThat(intendedNs).isEqualTo(schedule(3));
        assertThat(latenessesNs.get(2)).isEqualTo(8 * GAP_NS + 2 * TICK_NS);
        // One of the warm-up starts in the measured window.
        assertProgress(3, 8, 1);
        assertThat(drawn).isEqualTo(11);
        long looksNs = loop.progress().lastActiveNs() - (START_NS + FIRST_DUE_NS + 15 * GAP_NS);
        assertThat(looksNs).as("one in each wait, two at the end").isEqualTo(5 * TICK_NS);
    }

    @Test
    void shouldStartAnArrivalAtTheLastInstantAndGiveItUpJustAfter() {
        clock.advance(WINDOW.giveUpNs());
        assertThat(loop.next(3 * GAP_NS)).isTrue();
        assertThat(loop.awaitStart()).isTrue();
        assertThat(loop.startNs()).isEqualTo(WINDOW.giveUpNs());
        assertThat(loop.awaitStart()).isFalse();

        assertThat(loop.progress().scheduled()).isEqualTo(1);
        assertThat(loop.progress().generated()).isZero();
    }

    @Test
    void shouldMeasureByTheIntendedTimeWhateverTheStart() {
        clock.advance(START_NS + 5 * GAP_NS);
        for (long dueNs : new long[] {2 * GAP_NS - 1, 2 * GAP_NS, 10 * GAP_NS - 1}) {
            assertThat(loop.next(dueNs)).isTrue();
            assertThat(loop.awaitStart()).isTrue();
            assertThat(loop.measured()).isEqualTo(dueNs >= 2 * GAP_NS);
        }
        assertThat(loop.next(10 * GAP_NS)).isFalse();
    }

    private void run(long lengthNs) {
        loop.begin();
        while (loop.next(FIRST_DUE_NS + drawn++ * GAP_NS)) {
            if (loop.awaitStart()) {
                intendedNs.add(loop.intendedNs());
                latenessesNs.add(loop.startNs() - loop.intendedNs());
                clock.advance(lengthNs);
                loop.carriedOut();
            }
        }
        loop.end();
    }

    private static List<Long> schedule(int arrivals) {
        return LongStream.range(0, arrivals).mapToObj(i -> START_NS + FIRST_DUE_NS + i * GAP_NS).toList();
    }

    private void assertProgress(long generated, long scheduled, long done) {
        assertThat(loop.progress().generated()).isEqualTo(generated);
        assertThat(loop.progress().scheduled()).isEqualTo(scheduled);
        assertThat(loop.progress().done()).isEqualTo(done);
    }
}
