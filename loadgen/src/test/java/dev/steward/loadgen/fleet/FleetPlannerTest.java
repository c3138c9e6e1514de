package dev.steward.loadgen.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.run.Schemas;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetPlannerTest {
    private static final int ROOM = 1000;

    @TempDir
    private Path folder;

    static FleetRequest slurm(int nodes, int minutes, int copies) {
        return new FleetRequest(FleetPlan.Kind.SLURM, nodes, 0, minutes, copies, 6);
    }

    private Path grid(int points) throws IOException {
        return grid(folder, points);
    }

    static Path grid(Path folder, int points) throws IOException {
        return Files.writeString(folder.resolve("g.yaml"), "name: g\nstrategies: [mutex, rwlock]\n"
            + "settings: {path: inline, turn.window: 100ms}\naxes:\n  storm.rate: ["
            + IntStream.rangeClosed(1, points).mapToObj(rate -> rate + "00/s").collect(Collectors.joining(", "))
            + "]\n");
    }

    private FleetPlan plan(int points, FleetRequest request) throws IOException {
        return FleetPlanner.plan(SweepGrid.read(grid(points)), request, ROOM, "./steward sweep", null);
    }

    /** What schedulers are worst at is thousands of tiny tasks. */
    @ParameterizedTest
    @CsvSource({"3000, 15", "3000, 1", "200, 15", "7, 1"})
    void shouldGiveEachTaskAtLeastItsMinutesAndNotTwice(int points, int minutes) throws IOException {
        FleetPlan plan = plan(points, slurm(1, minutes, 1));

        long least = minutes * 60_000L;
        assertThat(plan.tasks()).isNotEmpty().allMatch(
            task -> task.estimateMs() >= least || plan.tasks().size() == 1, "is long enough");
        assertThat(plan.tasks().stream().limit(plan.tasks().size() - 1)).allMatch(
            task -> task.estimateMs() < 2 * least, "is no longer than it has to be");
    }

    @Test
    void shouldPutEachPointIntoOneTaskOrIntoAsManyAsThereAreCopies() throws IOException {
        for (int copies : List.of(1, 3)) {
            FleetPlan plan = plan(200, slurm(4, 5, copies));
            List<String> shared = plan.tasks().stream().flatMap(task -> task.points().stream()).toList();

            assertThat(shared).as("all points").contains("0000", "0199");
            for (int point = 1; point < 200; point++) {
                String id = String.format("%04d", point);
                assertThat(shared.stream().filter(id::equals).count()).as(id).isEqualTo(copies);
            }
        }
    }

    /** Without one point in common a slower node could not be told from a point that takes longer. */
    @Test
    void shouldLetTwoTasksForEachNodeMeasureOnePointWhenThereAreSeveralNodes() throws IOException {
        assertThat(plan(200, slurm(1, 2, 1)).tasks().stream().filter(task -> task.points().contains("0000")))
            .hasSize(1);

        FleetPlan plan = plan(200, slurm(4, 2, 1));
        assertThat(plan.tasks()).hasSizeGreaterThan(9);
        assertThat(plan.tasks().subList(0, 8)).allMatch(task -> task.points().contains("0000"));
        assertThat(plan.tasks().stream().filter(task -> task.points().contains("0000")).count()).isBetween(8L, 9L);
    }

    @Test
    void shouldGiveEachPointATaskWhenNoMinutesAreAsked() throws IOException {
        assertThat(plan(30, slurm(1, 0, 1)).tasks()).hasSize(30).allMatch(task -> task.points().size() == 1);
    }

    @Test
    void shouldPlanTheSameWhenAskedAgain() throws IOException {
        assertThat(plan(100, slurm(2, 2, 2))).isEqualTo(plan(100, slurm(2, 2, 2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 0 | 15 | 1 | 6 | --nodes: 0 is not in 1 to 10000",
        "1 | -1 | 15 | 1 | 6 | --at-once: -1",
        "1 | 0 | 1441 | 1 | 6 | --minutes: 1441",
        "1 | 0 | 15 | 0 | 6 | --copies: 0",
        "1 | 0 | 15 | 1 | 0 | --generations: 0"})
    void shouldRefuseNumbersThatMakeNoPlan(
        int nodes, int atOnce, int minutes, int copies, int generations, String message) {
        assertThatThrownBy(() -> new FleetRequest(
            FleetPlan.Kind.SLURM, nodes, atOnce, minutes, copies, generations))
            .isInstanceOf(ScenarioException.class).hasMessageStartingWith(message);
    }

    private List<String> written(int points, int room, boolean pack, Path home) throws IOException {
        Path file = grid(points);
        SweepGrid grid = SweepGrid.read(file);
        FleetPlan plan = FleetPlanner.plan(grid, slurm(4, 0, 1), room, "./steward sweep --plan slurm x",
            "./steward guide --grid DIR ...");
        return new FleetWriter(folder.resolve("plan"), home)
            .write(Files.readAllBytes(file), grid, plan, pack, SchedulerFiles.slurm());
    }

    @Test
    void shouldWriteAPlanThatFitsItsSchemaAndReadsBack() throws IOException {
        written(5, ROOM, false, folder);
        Path plan = folder.resolve("plan");

        assertThat(Schemas.violations("fleet-v1.schema.json", Files.readString(plan.resolve("fleet.json")))).isEmpty();
        assertThat(Schemas.violations(Schemas.SWEEP, Files.readString(plan.resolve("sweep.json")))).isEmpty();
        FleetFolder fleet = FleetFolder.open(plan);
        assertThat(fleet.plan().tasks()).extracting(FleetPlan.Task::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(fleet.plan().tasks()).allSatisfy(task ->
            assertThat(fleet.missing(task)).isNotEmpty().isEqualTo(task.points()));
        assertThat(Files.readString(plan.resolve("grid.yaml"))).isEqualTo(Files.readString(folder.resolve("g.yaml")));
    }

    /** Indexes of an array are smaller than MaxArraySize: an array from 1 has one fewer. */
    @Test
    void shouldSplitArraysWhenTheClusterTakesFewerAtOnce() throws IOException {
        assertThat(written(25, 10, false, folder))
            .containsExactly("sweep.sbatch", "sweep-2.sbatch", "sweep-3.sbatch", "merge.sbatch");

        assertThat(script("sweep.sbatch")).contains("#SBATCH --array=1-10%4\n", "task=$((SLURM_ARRAY_TASK_ID + 0))");
        assertThat(script("sweep-2.sbatch")).contains("#SBATCH --array=1-10%4\n", "SLURM_ARRAY_TASK_ID + 10))");
        assertThat(script("sweep-3.sbatch")).contains("#SBATCH --array=1-5%4\n", "SLURM_ARRAY_TASK_ID + 20))");
    }

    private String script(String name) throws IOException {
        return Files.readString(folder.resolve("plan").resolve(name));
    }

    @Test
    void shouldAskSlurmForANodeOfItsOwn() throws IOException {
        written(3, ROOM, false, folder);

        assertThat(script("sweep.sbatch")).contains("#SBATCH --exclusive\n", "#SBATCH --nodes=1\n",
            "#SBATCH --ntasks=1\n", "#SBATCH --requeue\n", "#SBATCH --open-mode=append\n",
            "#SBATCH --signal=B:TERM@60\n").doesNotContain("@{");
        assertThat(script("merge.sbatch")).contains(" sweep --merge '").doesNotContain("@{");
    }

    @Test
    void shouldPutTheSuiteBesideThePlanWhenAsked() throws IOException {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("lib"));
        for (String file : List.of("steward", "steward.jar", "lib/one.jar", "commit")) {
            Files.writeString(home.resolve(file), "abc\n");
        }
        written(3, ROOM, true, home);

        Path suite = folder.resolve("plan").resolve("suite");
        assertThat(suite.resolve("steward.jar")).exists();
        assertThat(suite.resolve("lib").resolve("one.jar")).exists();
        assertThat(Files.readString(suite.resolve("commit"))).isEqualTo("abc\n");
        assertThat(script("sweep.sbatch")).contains("'" + suite.resolve("steward") + "' --quiet sweep --task");
    }

    @Test
    void shouldRefuseAFolderThatHoldsSomethingOrHasNoPlainName() throws IOException {
        Files.writeString(folder.resolve("x"), "");
        assertThatThrownBy(() -> new FleetWriter(folder, folder)).isInstanceOf(ScenarioException.class)
            .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> new FleetWriter(folder.resolve("a b"), folder)).isInstanceOf(ScenarioException.class)
            .hasMessageContaining("cannot hold");
        assertThatThrownBy(() -> written(3, ROOM, true, folder)).isInstanceOf(ScenarioException.class)
            .hasMessageContaining("--pack: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"format\": \"steward-fleet\", \"version\": 2}", "["})
    void shouldNameThePlanThatCannotBeRead(String text) throws IOException {
        Files.writeString(folder.resolve("fleet.json"), text);

        assertThatThrownBy(() -> FleetFolder.open(folder)).hasMessageStartingWith(folder + "/fleet.json: ")
            .hasMessageMatching(".+");
    }
}
