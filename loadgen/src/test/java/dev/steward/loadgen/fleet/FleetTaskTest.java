package dev.steward.loadgen.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.MachineException;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.loadgen.sweep.SweepPoint;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.TaskAttempt;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How an attempt that ends early is noted. */
class FleetTaskTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> ends() {
        return Stream.of(
            Arguments.of(new ScenarioException("no such key"), TaskAttempt.Status.GAVE_UP, "no such key"),
            Arguments.of(new MachineException("memory: too little"), TaskAttempt.Status.FAILED, "memory: too little"),
            Arguments.of(new UnreadableResultsException("damaged", null), TaskAttempt.Status.GAVE_UP, "damaged"),
            Arguments.of(new IllegalStateException("wrong"), TaskAttempt.Status.FAILED, "wrong"),
            Arguments.of(new IllegalStateException(), TaskAttempt.Status.FAILED, "java.lang.IllegalStateException"),
            Arguments.of(new UncheckedIOException(new IOException("disk")), TaskAttempt.Status.FAILED,
                "java.io.IOException: disk"),
            Arguments.of(new OutOfMemoryError("Java heap space"), TaskAttempt.Status.FAILED, "Java heap space"));
    }

    private FleetFolder planned() throws IOException {
        Path file = FleetPlannerTest.grid(folder, 3);
        SweepGrid grid = SweepGrid.read(file);
        FleetPlan plan = FleetPlanner.plan(grid, FleetPlannerTest.slurm(1, 0, 1), 1000, "./steward sweep", null);
        new FleetWriter(folder.resolve("plan"), folder)
            .write(Files.readAllBytes(file), grid, plan, false, SchedulerFiles.slurm());
        return FleetFolder.open(folder.resolve("plan"));
    }

    /** The exit code says the same: 2 where another attempt would fail as well, 1 otherwise. */
    @ParameterizedTest
    @MethodSource("ends")
    void shouldGiveUpOnlyWhereAnotherAttemptWouldFailAsWell(
        Throwable thrown, TaskAttempt.Status status, String reason) throws IOException {
        FleetFolder fleet = planned();
        FleetTask task = FleetTask.of(fleet, 1, folder, "./steward sweep");

        assertThatThrownBy(() -> task.run(TurnOptions.generations(1, Map.of()), line -> {
            throw FleetTaskTest.<RuntimeException>unchecked(thrown);
        }, null)).isSameAs(thrown);
        assertThat(fleet.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(status);
            assertThat(attempt.reason()).isEqualTo(reason);
        });
    }

    /** Else as many generations as a cluster runs would be the same few arrivals and orders again and again. */
    @Test
    void shouldDrawEachCopyOfAPointAnewAndAlwaysTheSame() throws IOException {
        SweepGrid grid = SweepGrid.read(FleetPlannerTest.grid(folder, 3));
        for (FleetRequest request : List.of(FleetPlannerTest.slurm(1, 0, 4), FleetPlannerTest.slurm(2, 0, 1))) {
            FleetPlan plan = FleetPlanner.plan(grid, request, 1000, "./steward sweep", null);
            Map<String, List<Long>> seeds = new TreeMap<>();
            for (FleetPlan.Task task : plan.tasks()) {
                List<SweepPoint> points = FleetTask.points(grid, plan, task, task.points());
                assertThat(points).extracting(SweepPoint::id).isEqualTo(task.points());
                assertThat(points).extracting(point -> point.scenario().settings()).isEqualTo(
                    FleetTask.points(grid, plan, task, task.points()).stream()
                        .map(point -> point.scenario().settings()).toList());
                points.forEach(point -> seeds.computeIfAbsent(point.id(), any -> new ArrayList<>())
                    .add(point.scenario().seed()));
            }

            assertThat(seeds.get("0000")).hasSizeGreaterThan(1).doesNotHaveDuplicates();
            assertThat(seeds.values()).allSatisfy(of -> assertThat(of).as("the first copy is the point itself")
                .doesNotHaveDuplicates().startsWith(grid.points().get(0).scenario().seed()));
        }
    }

    @Test
    void shouldDrawACopyOfTheSameLoad() throws IOException {
        SweepPoint point = SweepGrid.read(FleetPlannerTest.grid(folder, 1)).points().get(0);
        Map<String, String> expected = point.scenario().settings();
        Map<String, String> settings = point.copy(2).scenario().settings();

        assertThat(settings.remove(ScenarioKey.SEED.key())).isNotEqualTo(expected.remove(ScenarioKey.SEED.key()));
        assertThat(settings).isEqualTo(expected);
    }

    /** A shared folder may show what was planned later than that it was. */
    @Test
    void shouldLeaveItToAnotherAttemptWhenThePlanIsNotToBeSeenWhole() throws IOException {
        FleetFolder fleet = planned();
        for (String late : List.of("grid.yaml", "sweep.json")) {
            Path hidden = Files.move(fleet.path().resolve(late), folder.resolve("hidden"));

            assertThatThrownBy(() -> FleetTask.of(fleet, 1, folder, "./steward sweep")
                .run(TurnOptions.generations(1, Map.of()), line -> { }, null))
                .isInstanceOf(IOException.class).hasMessageContaining(late).hasMessageMatching(".+");
            Files.move(hidden, fleet.path().resolve(late));
        }
        assertThat(fleet.attempts()).hasSize(2).allMatch(one -> one.status() == TaskAttempt.Status.FAILED);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
