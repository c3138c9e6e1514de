package dev.steward.loadgen.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.cell.LiveMain;
import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.results.TurnPlan;
import dev.steward.results.TurnRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of which contestants fail, with real JVMs. */
@Timeout(600)
class TurnsRunTest {
    private static final long GENERATION_NS = 30_000_000_000L;

    @TempDir
    private Path folder;
    private final List<String> heard = new ArrayList<>();
    private long nowNs;
    private final List<String> overrides =
        new ArrayList<>(List.of("rehearsal=0", "warmup=10ms", "duration=20ms", "streams=8"));

    private TurnsRun run(int generations, String... strategies) {
        List<Contestant> contestants = new ArrayList<>();
        for (String strategy : strategies) {
            contestants.add(contestant(strategy));
        }
        return run(generations, List.of(contestants));
    }

    private static Contestant contestant(String strategy) {
        return new Contestant(strategy, List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx256m",
            "-cp", System.getProperty("java.class.path"), LiveMain.class.getName(), strategy), Set.of());
    }

    private TurnsRun run(int generations, List<List<Contestant>> groups) {
        return run(generations, groups, 3_600_000_000_000L, System::nanoTime);
    }

    private TurnsRun run(int generations, List<List<Contestant>> groups, long budgetNs, LongSupplier clock) {
        ScenarioBuilder scenario = new ScenarioBuilder();
        overrides.forEach(scenario::override);
        Lane lane = new Lane(folder, "inline", scenario.build().settings(), null, null);
        return new TurnsRun(groups, List.of(lane),
            new TurnSettings(20_000_000, 0, 1, 2, budgetNs, generations, Map.of(), 1), Referee.NONE,
            new TurnsRun.Listener() {
                @Override
                public void said(String line) {
                    assertThat(line).startsWith("generation ");
                    nowNs += line.contains("running in") ? GENERATION_NS : 0;
                }

                @Override
                public void failed(String contestant, String why) {
                    heard.add(contestant + ": " + why);
                }

                @Override
                public void generationEnded(TurnPlan plan, String standing) {
                    heard.add("generation " + plan.generations());
                }
            }, clock);
    }

    @Test
    void shouldEndWhenAllHaveFailed() throws Exception {
        TurnsRun run = run(50, "none", "neither");

        assertThat(run.run()).isTrue();
        assertThat(run.failed()).containsOnlyKeys("none", "neither")
            .containsEntry("none", "no strategy is called 'none'");
        assertThat(heard).hasSize(3).last().isEqualTo("generation 1");
        assertThat(folder.resolve(TurnRecord.FILE)).doesNotExist();
    }

    @Test
    void shouldEndWhenNoPairIsLeft() throws Exception {
        TurnsRun run = run(50, "mutex", "none");

        assertThat(run.run()).isTrue();
        assertThat(run.failed()).containsOnlyKeys("none");
        assertThat(heard).last().isEqualTo("generation 1");
        assertThat(TurnRecord.readAll(folder)).extracting(TurnRecord::strategy).containsOnly("mutex");
        assertThat(run.plan().look()).as("the last").isEqualTo(TurnsRun.LOOKS);
    }

    @Test
    void shouldEndWhenOneOfTwoBuildsIsLeft() throws Exception {
        TurnsRun run = run(50, "none@against", "mutex", "unguarded");

        assertThat(run.run()).isTrue();
        assertThat(run.failed()).containsOnlyKeys("none@against");
        assertThat(heard).last().isEqualTo("generation 1");
    }

    @Test
    void shouldMeasureOneContestantByItself() throws Exception {
        assertThat(run(2, "mutex").run()).isTrue();
        assertThat(heard).containsExactly("generation 1", "generation 2");
        assertThat(TurnRecord.readAll(folder)).extracting(TurnRecord::injectedFailures).containsOnlyNulls();
    }

    @Test
    void shouldCountAllocationsThatWereMadeToFail() throws Exception {
        overrides.addAll(List.of("fault.operation=replace", "fault.nth=3", "storm.rate=50k/s", "churn.rate=20k/s"));

        assertThat(run(1, "mutex").run()).isTrue();
        assertThat(TurnRecord.readAll(folder)).extracting(TurnRecord::injectedFailures).doesNotContainNull()
            .anySatisfy(failures -> assertThat(failures).isPositive());
    }

    @ParameterizedTest
    @CsvSource({"86, 2", "87, 3"})
    void shouldBeginAGenerationThatEndsInTimeGiveOrTakeATenthOfIt(long budgetS, int generations) throws Exception {
        TurnsRun run = run(100, List.of(List.of(contestant("mutex"))), budgetS * 1_000_000_000, () -> nowNs);

        assertThat(run.run()).isTrue();
        assertThat(run.plan().generations()).isEqualTo(generations);
    }

    @Test
    void shouldCountTheGenerationsOfAllGroups() {
        List<List<Contestant>> groups = List.of(List.of(contestant("mutex")), List.of(contestant("rwlock")));

        assertThat(run(3, groups).mostGenerations()).isEqualTo(6);
        assertThat(run(Integer.MAX_VALUE, groups).mostGenerations()).isEqualTo(Integer.MAX_VALUE);
    }

    /** A run that was killed between its last generation and its end. */
    @Test
    void shouldTakeNoTurnsWhenItGoesOnWithAllGenerations() throws Exception {
        assertThat(run(2, "mutex").run()).isTrue();
        List<TurnRecord> taken = TurnRecord.readAll(folder);
        TurnPlan all = new TurnPlan(20, 1, 2, 2, 0, 100, 0, 4, Map.of(), List.of(), null);
        TurnsRun again = run(2, "mutex");
        again.goOnFrom(all, taken, Set.of());

        assertThat(again.run()).isTrue();
        assertThat(TurnRecord.readAll(folder)).isEqualTo(taken);
        assertThat(again.plan().generations()).isEqualTo(2);
    }

    /** Else what a run measures would hang on whether it was interrupted. */
    @Test
    void shouldDrawInAGenerationWhatItWouldHaveDrawnHadItNotBeenInterrupted() throws Exception {
        List<List<Contestant>> groups = List.of(ending("first"), ending("second"));
        assertThat(run(1, groups).run()).isTrue();
        List<String> first = failedOf("first");
        List<String> second = failedOf("second");
        heard.clear();
        TurnsRun again = run(1, groups);
        again.goOnFrom(new TurnPlan(20, 1, 2, 1, 3_600_000, 100, 0, 4, Map.of(), List.of(), null), List.of(), Set.of());

        assertThat(again.run()).isTrue();
        assertThat(failedOf("second")).isEqualTo(second).hasSize(8).isNotEqualTo(first);
    }

    /** Contestants whose processes end at once: they fail in the order in which they were started. */
    private static List<Contestant> ending(String name) {
        return IntStream.range(0, 8).mapToObj(i -> new Contestant(name + i, List.of("false"), Set.of())).toList();
    }

    private List<String> failedOf(String group) {
        return heard.stream().filter(line -> line.startsWith(group))
            .map(line -> line.substring(group.length(), group.length() + 1)).toList();
    }

    @Test
    void shouldEndAtOnceWhenCancelledFromWithinAGeneration() throws Exception {
        TurnsRun run = run(50, "mutex");
        Thread canceller = new Thread(() -> {
            while (!Files.exists(folder.resolve(TurnRecord.FILE))) {
                Thread.onSpinWait();
            }
            run.cancel();
        });
        canceller.start();

        assertThat(run.run()).isFalse();
        canceller.join();
        assertThat(run.failed()).isEmpty();
    }
}
