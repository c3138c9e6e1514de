package dev.steward.loadgen.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayedArrivalsTest {
    private static final long END = ArrivalProcess.MAX_NS;

    @Test
    void shouldKeepTheGapsOfTheLogAndEnd() {
        assertThat(first(7, ReplayedArrivals.of(new long[] {1_000, 1_007, 1_007, 5_000}, 1, false)))
            .containsExactly(0, 7, 7, 4_000, END, END, END);
    }

    @Test
    void shouldBeFasterOrSlowerAsAsked() {
        assertThat(first(3, ReplayedArrivals.of(new long[] {-50, 50, 1_000_050}, 10, false)))
            .containsExactly(0, 10, 100_010);
        assertThat(first(3, ReplayedArrivals.of(new long[] {0, 3, 10}, 0.5, false))).containsExactly(0, 6, 20);
    }

    @Test
    void shouldBeginAgainOneMeanGapAfterTheLastWhenLooped() {
        assertThat(first(8, ReplayedArrivals.of(new long[] {100, 110, 160}, 1, true)))
            .containsExactly(0, 10, 60, 90, 100, 150, 180, 190);
        assertThat(first(5, ReplayedArrivals.of(new long[] {100, 110, 160}, 2, true)))
            .containsExactly(0, 5, 30, 45, 50);
    }

    @Test
    void shouldFallDueWithTheLatestBeforeWhenTimeGoesBack() {
        assertThat(first(6, ReplayedArrivals.of(new long[] {100, 200, 150, 50, 201, 300}, 1, false)))
            .containsExactly(0, 100, 100, 100, 101, 200);
    }

    @Test
    void shouldTakeTimestampsFromAStream() {
        long[] log = {40, 50, 45, 90};
        int[] next = {0};
        ArrivalProcess arrivals = ReplayedArrivals.of(
            () -> next[0] < log.length ? log[next[0]++] : ReplayedArrivals.END, 5);

        assertThat(first(6, arrivals)).containsExactly(0, 2, 2, 10, END, END);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 0.7})
    void shouldNotDriftOverAMillionArrivals(double speed) {
        long[] log = new long[1_000];
        for (int i = 0; i < log.length; i++) {
            log[i] = i * 7_001L;
        }
        ArrivalProcess arrivals = ReplayedArrivals.of(log, speed, true);
        double worstNs = 0;
        for (int i = 0; i < 1_000_000; i++) {
            worstNs = Math.max(worstNs, Math.abs(arrivals.nextNs() - i * 7_001L / speed));
        }

        assertThat(worstNs).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldStandStillRatherThanOverflow() {
        assertThat(first(3, ReplayedArrivals.of(new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}, 1, false)))
            .containsExactly(0, END, END);
        assertThat(first(3, ReplayedArrivals.of(new long[] {0, END / 2, END - 1}, 1, true)))
            .startsWith(0).endsWith(END);
        assertThat(first(3, ReplayedArrivals.of(new long[] {0, 1, 2}, 1e-300, false))).containsExactly(0, END, END);
        assertThat(first(2, ReplayedArrivals.of(new long[0], 1, false))).containsExactly(END, END);
    }

    @Test
    void shouldRefuseWhatCannotBeReplayed() {
        for (long[] log : new long[][] {{}, {5}, {5, 5}, {9, 5}, {0, END}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ReplayedArrivals.of(log, 1, true))
                .withMessageEndingWith("cannot be looped");
        }
        for (double speed : new double[] {0, -1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ReplayedArrivals.of(new long[] {1}, speed, false))
                .withMessageEndingWith("is not above 0");
        }
    }

    @Test
    void shouldLoopForEverOnTheSmallestLog() {
        ArrivalProcess arrivals = ReplayedArrivals.of(new long[] {0, 1}, 1, true);

        assertThat(first(6, arrivals)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(Arrays.stream(first(1_000, arrivals)).max()).hasValue(1_005);
    }

    private static long[] first(int count, ArrivalProcess arrivals) {
        long[] first = new long[count];
        for (int i = 0; i < count; i++) {
            first[i] = arrivals.nextNs();
        }
        return first;
    }
}
