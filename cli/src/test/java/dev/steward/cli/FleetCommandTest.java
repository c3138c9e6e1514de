package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loadgen.scenario.ScenarioBuilder;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import dev.steward.results.RunManifest;
import dev.steward.results.TaskAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sweep on many machines, as its user and a scheduler type it. */
class FleetCommandTest {
    @TempDir
    private Path folder;
    private Path grid;
    private Path plan;

    @BeforeEach
    void writeGrid() throws IOException {
        plan = folder.resolve("plan");
        grid = Files.writeString(folder.resolve("grid.yaml"), """
            name: tiny
            strategies: [mutex, rwlock]
            settings: {path: inline, rehearsal: 10ms, turn.rounds: 2, turn.runIn: 1, turn.window: 30ms, repeats: 0}
            axes:
              storm.rate: [2k/s, 4k/s]
            """);
    }

    private Cli.Outcome sweep(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "sweep";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Cli.run(all);
    }

    private void plan() {
        assertThat(sweep("--plan", "slurm", plan.toString(), "--grid", grid.toString(), "--minutes", "0",
            "--generations", "1").code()).isZero();
    }

    @Test
    void shouldSayWhatComesNextWhenPlanned() {
        Cli.Outcome outcome = sweep("--plan", "slurm", plan.toString(), "--grid", grid.toString(), "--minutes", "0");

        assertThat(outcome.out()).contains("2 tasks of up to about ", "sweep.sbatch  merge.sbatch",
            "next: ./steward sweep --submit " + plan);
        assertThat(sweep("--status", plan.toString()).out()).contains("1-2   missing", "0 of 2 results there (0 %)");
        assertThat(sweep("--resume", plan.toString()).out())
            .isEqualTo("sbatch --array=1-2%1 " + plan.resolve("sweep.sbatch") + "\n");
        Cli.Outcome merged = sweep("--merge", plan.toString());
        assertThat(merged.code()).isEqualTo(1);
        assertThat(merged.out()).isEqualTo("Nothing to merge: none of 2 results is there.\n");
    }

    /** The whole way, with each task run twice: what is there is not measured again. */
    @Test
    void shouldMergeWhatTasksHaveBrought() throws IOException {
        plan();
        assertThat(sweep("--task", plan.toString(), "2").code()).isZero();
        assertThat(sweep("--resume", plan.toString()).out()).startsWith("sbatch --array=1%1 ");
        assertThat(sweep("--merge", plan.toString()).code()).as("one is missing").isEqualTo(1);
        assertThat(sweep("--task", plan.toString(), "1").code()).isZero();
        List<String> first = Files.readAllLines(FleetFolder.open(plan).result("0000", task("0000"))
            .resolve("turns.jsonl"));
        assertThat(sweep("--task", plan.toString(), Integer.toString(task("0000"))).code()).isZero();

        assertThat(Files.readAllLines(FleetFolder.open(plan).result("0000", task("0000")).resolve("turns.jsonl")))
            .isEqualTo(first);
        assertThat(FleetFolder.open(plan).attempts()).as("what measured nothing is none").hasSize(2)
            .allMatch(attempt -> attempt.status() == TaskAttempt.Status.DONE)
            .allMatch(attempt -> !attempt.isolation().isEmpty());
        Cli.Outcome merged = sweep("--merge", plan.toString());
        assertThat(merged.code()).isZero();
        assertThat(merged.out()).startsWith("Merged 2 of 2 results, one machine class.\n")
            .contains("guide --grid " + plan.resolve("merged").resolve("a"));
        assertThat(Files.readAllLines(plan.resolve("merged/a/0000/turns.jsonl"))).isEqualTo(first);
        assertThat(sweep("--resume", plan.toString()).out()).isEqualTo("nothing is missing that is not under way\n");
    }

    private static FleetFolder fleet(Path plan) {
        return FleetFolder.open(plan);
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }

    /** What answers is printed by the merge, and measures nothing. */
    @Test
    void shouldPutAMergedFolderWhereThePlanHasAPlaceForIt() {
        Path merged = Path.of("/b c/merged/a");

        assertThat(FleetOptions.next("./steward report DIR/0000", merged))
            .isEqualTo("./steward report '/b c/merged/a'/0000");
        assertThat(FleetOptions.next("cp -r DIR /DIR/1 && ./steward debate --no-run --out /DIR", merged))
            .isEqualTo("cp -r '/b c/merged/a' /DIR/1 && ./steward debate --no-run --out /DIR");
    }

    private static Cli.Outcome answered(Cli.Outcome merged) {
        String begin = "next: ./steward ";
        String next = merged.out().lines().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
        return Cli.run(next.substring(begin.length()).split(" "));
    }

    /** A comparison whose generations many nodes share: one load, drawn anew in each task, and one report of all. */
    @Test
    void shouldShareTheGenerationsOfAComparison() throws IOException {
        List<String> compare = new ArrayList<>(CompareProcess.ARGUMENTS);
        compare.subList(compare.indexOf("--budget"), compare.indexOf("--budget") + 2).clear();
        compare.addAll(List.of("--plan", "slurm", plan.toString(), "--copies", "2", "--generations", "1"));
        assertThat(Cli.run(compare.toArray(String[]::new)).out())
            .contains("2 tasks of up to about ", "1 generation of JVMs in each");
        for (String task : List.of("1", "2")) {
            assertThat(sweep("--task", plan.toString(), task).code()).isZero();
        }
        RunManifest first = RunManifest.read(fleet(plan).result("0000", 1));
        RunManifest second = RunManifest.read(fleet(plan).result("0000", 2));
        Cli.Outcome merged = sweep("--merge", plan.toString());
        RunManifest both = RunManifest.read(plan.resolve("merged/a/0000"));

        assertThat(second.seed()).isNotEqualTo(first.seed()).isEqualTo(Long.parseLong(second.scenario().get("seed")));
        assertThat(both.turns().generations()).isEqualTo(2);
        assertThat(both.environment()).contains(new RunManifest.EnvironmentEntry("seeds",
            first.seed() + " in generation 1, " + second.seed() + " in generation 2"));
        assertThat(answered(merged).code()).isZero();
        assertThat(plan.resolve("merged/a/0000/report.txt")).isNotEmptyFile();
    }

    /** A comparison of a minute is no task: the rest of the time goes into more generations. */
    @Test
    void shouldFillATaskWithGenerationsOfAComparison() throws IOException {
        for (String minutes : List.of("0", "5", "30")) {
            Path one = folder.resolve("plan" + minutes);
            assertThat(Cli.run("compare", "--strategy", "mutex,rwlock", "--plan", "slurm", one.toString(), "--minutes",
                minutes).code()).isZero();
            FleetPlan made = fleet(one).plan();

            assertThat(made.tasks()).singleElement().satisfies(task -> assertThat(task.estimateMs())
                .isGreaterThanOrEqualTo(60_000 * Long.parseLong(minutes)));
            assertThat(made.generations()).isGreaterThanOrEqualTo(6);
        }
        assertThat(fleet(folder.resolve("plan0")).plan().generations()).isEqualTo(6);
        assertThat(fleet(folder.resolve("plan30")).plan().generations()).isGreaterThan(30);
    }

    /** The settings of a command line are those of every task. */
    @Test
    void shouldPlanTheScenarioThatIsCompared() throws IOException {
        assertThat(Cli.run("compare", "--scenario", "boot-storm", "--strategy", "streams-mutex:park",
            "--set", "streams=32", "--set", "seed=7", "--duration", "3s", "--plan", "slurm", plan.toString())
            .code()).isZero();
        SweepGrid grid = SweepGrid.read(plan.resolve("grid.yaml"));
        Map<String, String> expected = new ScenarioBuilder().file(Home.scenarios().resolve("boot-storm.yaml"))
            .set("duration", "3s", "test").overrides(List.of("streams=32", "seed=7")).build().settings();

        assertThat(grid.points()).singleElement().satisfies(point ->
            assertThat(point.scenario().settings()).isEqualTo(expected));
        assertThat(grid.strategies()).containsExactly("streams-mutex:park");
    }

    /** Exactly what regret would draw: its own folder and the merged one are of the same grid. */
    @Test
    void shouldPlanWhatRegretWouldDraw() throws IOException {
        assertThat(Cli.run("regret", "--scenarios", "40", "--seed", "3", "--plan", "slurm", plan.toString(), "--nodes",
            "4").code()).isZero();
        SweepGrid drawn = SweepGrid.read(GridChoice.definition("driver")).drawn(40, 3);
        SweepGrid planned = SweepGrid.read(plan.resolve("grid.yaml"));

        assertThat(planned.manifest("")).isEqualTo(drawn.manifest(""));
        assertThat(planned.points()).extracting(point -> point.scenario().settings())
            .isEqualTo(drawn.points().stream().map(point -> point.scenario().settings()).toList());
        assertThat(fleet(plan).plan().then())
            .isEqualTo("./steward regret --grid driver --scenarios 40 --seed 3 --no-run --out DIR");
        assertThat(Cli.run(words("regret --scenarios 40 --seed 3 --no-run --out " + plan).toArray(String[]::new)).err())
            .as("nothing is measured").contains("no point of the sweep has run to its end");
    }

    @Test
    void shouldPlanAQuestionOfTheDebate() throws IOException {
        assertThat(Cli.run("debate", "--only", "1-visible", "--plan", "slurm", plan.toString()).code()).isZero();

        assertThat(fleet(plan).plan().generations()).as("as the question asks").isEqualTo(8);
        assertThat(plan.resolve("grid.yaml")).hasSameTextualContentAs(Home.path().resolve("debate/1-visible.yaml"));
        assertThat(fleet(plan).plan().then()).isEqualTo(
            "cp -r DIR results/debate/1-visible && ./steward debate --no-run --out results/debate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "debate --plan slurm NEW                              | one question at a time",
        "debate --plan slurm NEW --only 1-visible,2-rate      | one question at a time",
        "debate --plan slurm NEW --only readers               | is a benchmark of one machine",
        "compare --plan slurm NEW --budget 3m                 | are for a comparison on one machine",
        "compare --plan slurm NEW --strategy nolock           | unknown strategy",
        "compare --copies 3                                   | need --plan",
        "regret --plan slurm NEW --no-run                     | are for a run on one machine",
        "regret --plan pbs NEW                                | is no scheduler",
        "sweep --plan slurm NEW --merge NEW                   | take one that exists"})
    void shouldRefuseAPlanOfWhatClustersDoNotRun(String line, String message) {
        Cli.Outcome outcome = Cli.run(line.trim().replace("NEW", folder.resolve("new").toString()).split(" "));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).hasLineCount(1).startsWith("steward: ").contains(message.trim());
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private int task(String point) {
        return FleetFolder.open(plan).plan().tasks().stream().filter(task -> task.points().contains(point))
            .findFirst().orElseThrow().number();
    }

    /** Another attempt would fail in the same way: the scheduler is told so by the exit code. */
    @Test
    void shouldGiveUpWhenTheGridIsAnotherOneThanPlanned() throws IOException {
        plan();
        Files.writeString(plan.resolve("grid.yaml"), Files.readString(grid).replace("4k/s", "5k/s"));

        Cli.Outcome outcome = sweep("--task", plan.toString(), "1");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).hasLineCount(1).contains("another grid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--plan pbs NEW                            | is no scheduler; allowed: slurm, kubernetes, ssh",
        "--plan slurm                              | --plan takes two words: KIND DIR",
        "--plan slurm OLD                          | is not empty",
        "--plan slurm NEW --nodes 0                | --nodes: 0 is not in 1 to 10000",
        "--plan slurm NEW --hosts one              | --hosts is for ssh",
        "--plan slurm NEW --shard 1/2              | are for a sweep on one machine",
        "--plan ssh NEW                            | ssh needs --hosts",
        "--plan ssh NEW --hosts -x                 | is no name of a host",
        "--plan kubernetes NEW --image A:B:$       | is no name of an image",
        "--nodes 3                                 | need --plan",
        "--status NEW                              | fleet.json: the file is missing",
        "--merge NEW                               | fleet.json: the file is missing",
        "--submit NEW                              | fleet.json: the file is missing",
        "--task NEW 1                              | fleet.json: the file is missing",
        "--status NEW --merge NEW                  | are mutually exclusive"})
    void shouldRefuseInOneLineWhatCannotBeDone(String line, String message) throws IOException {
        Files.createDirectories(folder.resolve("old/x"));
        Cli.Outcome outcome = sweep(line.trim().replace("NEW", folder.resolve("new").toString())
            .replace("OLD", folder.resolve("old").toString()).split(" "));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).hasLineCount(1).startsWith("steward: ").contains(message.trim());
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "x", "-1", "99999999999"})
    void shouldRefuseATaskThatIsNotPlanned(String number) {
        plan();

        Cli.Outcome outcome = sweep("--task", plan.toString(), number);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).hasLineCount(1);
    }
}
