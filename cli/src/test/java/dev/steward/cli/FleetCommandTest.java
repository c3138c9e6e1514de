package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.FleetFolder;
import dev.steward.results.TaskAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

        assertThat(outcome.out()).contains("2 tasks of at most ", "sweep.sbatch  merge.sbatch",
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
        "--plan slurm NEW --shard 1/2              | are of a sweep on one machine",
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
