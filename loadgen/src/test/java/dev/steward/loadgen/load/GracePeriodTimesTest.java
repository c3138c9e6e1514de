package dev.steward.loadgen.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.engine.smmu.GracePeriodInput;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.workload.CostLaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GracePeriodTimesTest {
    private final List<String> log = new ArrayList<>();
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private long nowNs = 7;
    private final GracePeriodTimes times = new GracePeriodTimes(() -> nowNs, () -> log.add("wait"), executor::add);

    @Test
    void shouldTakeNoTimeByDefault() {
        assertThat(GracePeriodTimes.of(new ScenarioBuilder().build(), () -> nowNs, 0, 1))
            .isSameAs(GracePeriodInput.NONE);
    }

    @Test
    void shouldWaitAsOftenAsAskedAndTellTheTime() {
        times.await();
        times.await();
        assertThat(log).containsExactly("wait", "wait");
        assertThat(times.nowNs()).isEqualTo(7);
    }

    @Test
    void shouldCallBackAfterGracePeriodThatBeganAfterTheCall() {
        times.call(() -> {
            log.add("first");
            times.call(() -> log.add("third"));
        });
        times.call(() -> log.add("second"));
        assertThat(log).isEmpty();
        assertThat(executor).hasSize(1);
        executor.remove().run();
        assertThat(log).containsExactly("wait", "first", "second", "wait", "third");
    }

    @Test
    void shouldServeAgainAfterItHadNothingToDo() {
        times.call(() -> log.add("first"));
        executor.remove().run();
        times.call(() -> log.add("second"));
        executor.remove().run();
        assertThat(log).containsExactly("wait", "first", "wait", "second");
    }

    @Test
    void shouldDrawEachLengthFromTheSeed() {
        CostLaw law = CostLaw.histogram(new long[] {1_000, 2_000, 3_000}, new long[] {1, 1, 1});
        List<Long> slept = new ArrayList<>();
        Runnable wait = GracePeriodTimes.drawn(law.source(1), slept::add);
        List<Long> again = new ArrayList<>();
        Runnable same = GracePeriodTimes.drawn(law.source(1), again::add);
        for (int i = 0; i < 100; i++) {
            wait.run();
            same.run();
        }
        assertThat(slept).contains(1_000L, 2_000L, 3_000L).isEqualTo(again);
    }

    @Test
    void shouldDrawAnewInEachRepeat(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("grace.csv"), "ns,count\n1,1\n9,1\n");

        assertThat(lengths(file, 1)).isEqualTo(lengths(file, 1)).isNotEqualTo(lengths(file, 2));
    }

    /** How long each of some grace periods took, by a clock that goes on with each look. */
    private List<Long> lengths(Path file, long seed) {
        GracePeriodInput input =
            GracePeriodTimes.of(new ScenarioBuilder().override("grace=file:" + file).build(), () -> nowNs++, 0, seed);
        return Stream.generate(() -> {
            long before = nowNs;
            input.await();
            return nowNs - before;
        }).limit(50).toList();
    }

    @Test
    void shouldTakeTheTimeOfTheScenario() {
        GracePeriodInput input =
            GracePeriodTimes.of(new ScenarioBuilder().override("grace=2us").build(), () -> nowNs += 100, 0, 1);
        long before = nowNs;
        input.await();
        assertThat(nowNs - before).as("not a look at the clock more than it takes").isBetween(2_000L, 2_200L);
    }

    @Test
    void shouldDrawFromFileOfTheScenario(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("grace.csv"), "ns,count\n1,3\n");
        GracePeriodInput input =
            GracePeriodTimes.of(new ScenarioBuilder().override("grace=file:" + file).build(), () -> nowNs++, 0, 1);
        long before = nowNs;
        input.await();
        assertThat(nowNs).as("slept until its clock had gone on").isGreaterThan(before);
    }
}
