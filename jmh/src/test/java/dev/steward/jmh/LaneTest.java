package dev.steward.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {
    private static final String LOAD = " rate=10000 entries=64 tokens=0 warmup_ms=1 ms=";
    private static final String REST = LOAD + 20;
    private static final int LONGEST_MS = 20_000;

    @ParameterizedTest
    @CsvSource({"mutex, translate, 1, 0", "mutex, translate, 2, 0", "seqlock, translate, 1, 1",
        "rcu-page, report, 2, 0", "unguarded, report, 1, 1"})
    void shouldPlayEachLoad(String strategy, String workload, int readers, int writers) throws InterruptedException {
        String answer = playUntilEachThreadRan(strategy,
            "workload=" + workload + " readers=" + readers + " writers=" + writers + LOAD, writers > 0);

        assertThat(answer).matches("ns=[0-9.]+ operations=\\d+ violations=0 commits=\\d+ commit_ns=[0-9.]+");
        assertThat(answer.contains(" commits=0 ")).isEqualTo(writers == 0);
    }

    /** On a busy machine a thread may wait longer for a CPU than the turn lasts, which the lane says of readers. */
    private static String playUntilEachThreadRan(String strategy, String load, boolean writes)
        throws InterruptedException {
        for (int ms = 20; ; ms *= 5) {
            try {
                String answer = new Lane(strategy).play(LaneOrder.parse(load + ms));
                if (ms > LONGEST_MS || !writes || !answer.contains(" commits=0 ")) {
                    return answer;
                }
            } catch (IllegalStateException e) {
                if (ms > LONGEST_MS || !e.getMessage().startsWith("a reader did nothing")) {
                    throw e;
                }
            }
        }
    }

    /** The clock counts from the start of the machine. */
    @Test
    void shouldNotTakeTheTimeOfAReaderThatWasNeverMeasured() {
        Lane.Reading starved = new Lane.Reading();
        starved.measured(128, 0);

        assertThat(starved.operations).isZero();
        assertThat(starved.ns).isZero();
    }

    @Test
    @Timeout(120)
    void shouldSayAtOnceWhyAThreadCannotStart() {
        assertThatThrownBy(() -> new Lane("mutex").play(LaneOrder.parse(
            "workload=translate readers=2 writers=0" + REST + " cpus=1023"))).hasMessageContaining("CPU {1023}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "workload=translate", "workload=translate readers=two writers=0" + REST})
    void shouldRefuseAnOrderThatIsNone(String line) {
        assertThatThrownBy(() -> LaneOrder.parse(line)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = "workload=translate readers=1 writers=0" + REST)
    void shouldSayThatAStrategyIsUnknown(String line) {
        assertThatThrownBy(() -> new Lane("mutx").play(LaneOrder.parse(line)))
            .hasMessageStartingWith("strategy=mutx is unknown");
    }
}
