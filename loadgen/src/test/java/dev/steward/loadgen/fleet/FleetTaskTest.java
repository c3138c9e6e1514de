package dev.steward.loadgen.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.run.TurnOptions;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.TaskAttempt;
import dev.steward.results.UnreadableResultsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
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
            Arguments.of(new UnreadableResultsException("damaged", null), TaskAttempt.Status.GAVE_UP, "damaged"),
            Arguments.of(new IllegalStateException("wrong"), TaskAttempt.Status.FAILED, "wrong"),
            Arguments.of(new IllegalStateException(), TaskAttempt.Status.FAILED, "java.lang.IllegalStateException"),
            Arguments.of(new UncheckedIOException(new IOException("disk")), TaskAttempt.Status.FAILED,
                "java.io.IOException: disk"),
            Arguments.of(new OutOfMemoryError("Java heap space"), TaskAttempt.Status.FAILED, "Java heap space"));
    }

    /** The exit code says the same: 2 where another attempt would fail as well, 1 otherwise. */
    @ParameterizedTest
    @MethodSource("ends")
    void shouldGiveUpOnlyWhereAnotherAttemptWouldFailAsWell(
        Throwable thrown, TaskAttempt.Status status, String reason) throws IOException {
        Path file = FleetPlannerTest.grid(folder, 3);
        SweepGrid grid = SweepGrid.read(file);
        FleetPlan plan = FleetPlanner.plan(grid, FleetPlannerTest.slurm(1, 0, 1), 1000, "./steward sweep");
        new FleetWriter(folder.resolve("plan"), folder).write(file, grid, plan, false, SchedulerFiles.slurm());
        FleetFolder fleet = FleetFolder.open(folder.resolve("plan"));
        FleetTask task = FleetTask.of(fleet, 1, folder, "./steward sweep");

        assertThatThrownBy(() -> task.run(TurnOptions.generations(1, Map.of()), line -> {
            throw FleetTaskTest.<RuntimeException>unchecked(thrown);
        }, null)).isSameAs(thrown);
        assertThat(fleet.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(status);
            assertThat(attempt.reason()).isEqualTo(reason);
        });
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
