package dev.steward.loadgen.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetFolder;
import dev.steward.results.FleetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of Slurm, with programs in its place that write down how they were called. */
class SlurmTest {
    private static final long LIMIT_S = 60;

    @TempDir
    private Path folder;
    private Path programs;

    @BeforeEach
    void programs() throws IOException {
        programs = Files.createDirectories(folder.resolve("programs"));
        program("scontrol", "echo \"scontrol $*\" >>" + folder.resolve("calls"));
        program("sbatch", "echo \"sbatch $*\" >>" + folder.resolve("calls")
            + "\necho $((100 + $(wc -l <" + folder.resolve("calls") + ")))");
        program("steward", "[ \"$1\" != --version ] || exit 0\necho \"steward $*\" >>"
            + folder.resolve("calls") + "\nexit ${CODE:-0}");
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/usr/bin/env bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    /** A plan of a task for each point, whose tasks start the program in the place of the suite. */
    private FleetFolder planned(int points, int room) throws IOException {
        Path file = FleetPlannerTest.grid(folder, points);
        SweepGrid grid = SweepGrid.read(file);
        FleetPlan plan = FleetPlanner.plan(grid, FleetPlannerTest.slurm(4, 0, 1), room, "./steward sweep", null);
        new FleetWriter(folder.resolve("plan"), programs)
            .write(Files.readAllBytes(file), grid, plan, false, SchedulerFiles.slurm());
        return FleetFolder.open(folder.resolve("plan"));
    }

    @Test
    void shouldSubmitWhatIsNamedAndAMergeThatFollowsHoweverItEnds() throws IOException {
        FleetFolder fleet = planned(25, 1000);

        assertThat(new Slurm(programs).submit(fleet, Set.of(3, 7, 12))).containsExactly("101", "102");
        assertThat(calls()).containsExactly(
            "sbatch --parsable --array=3,7,12%4 " + fleet.path().resolve("sweep.sbatch"),
            "sbatch --parsable --dependency=afterany:101 " + fleet.path().resolve("merge.sbatch"));
    }

    /** A plug-in of the cluster may say something to each job, on either stream. */
    @Test
    void shouldFindTheNumberOfTheJobBelowWhatElseIsSaid() throws IOException {
        FleetFolder fleet = planned(3, 1000);
        program("sbatch", "echo 'sbatch: lua: 2 h is more than most jobs take' >&2\necho 12\necho '  77;cluster'\n"
            + "echo 'sbatch: bye' >&2");

        assertThat(new Slurm(programs).submit(fleet, Set.of(1))).containsExactly("77", "77");
    }

    private static List<Integer> all(FleetFolder fleet) {
        return fleet.plan().tasks().stream().map(FleetPlan.Task::number).toList();
    }

    /** They run, and nobody else knows their numbers. */
    @Test
    void shouldNameTheJobsThatWereTakenBeforeOneWasRefused() throws IOException {
        FleetFolder fleet = planned(25, 10);
        program("sbatch", "case $* in *sweep-3*) echo 'sbatch: error: too many jobs'; exit 1;; *sweep-2*) echo 8;; "
            + "*) echo 7;; esac");
        assertThatThrownBy(() -> new Slurm(programs).submit(fleet, all(fleet))).isInstanceOf(IOException.class)
            .hasMessage("sbatch: error: too many jobs; submitted before that: job 7, 8");
    }

    /** Else all that is under way would count as missing, and be submitted once more. */
    @Test
    void shouldSayThatNothingIsKnownWhenTheQueueDoesNotAnswer() throws IOException {
        FleetFolder fleet = planned(3, 1000);
        program("squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller'; exit 1");
        assertThatThrownBy(() -> new Slurm(programs).underWay(fleet)).isInstanceOf(IOException.class)
            .hasMessage("squeue does not answer: what is under way is not known; nothing was submitted");

        program("squeue", "true");
        assertThat(new Slurm(programs).underWay(fleet)).isEmpty();
    }

    /** Else each array would run as many tasks at a time as all together may. */
    @Test
    void shouldLetArraysFollowEachOtherWhenTheyAreSplit() throws IOException {
        FleetFolder fleet = planned(25, 10);

        assertThat(new Slurm(programs).submit(fleet, all(fleet))).containsExactly("101", "102", "103", "104");
        assertThat(calls()).containsExactly(
            "sbatch --parsable --array=1-10%4 " + fleet.path().resolve("sweep.sbatch"),
            "sbatch --parsable --dependency=afterany:101 --array=1-10%4 " + fleet.path().resolve("sweep-2.sbatch"),
            "sbatch --parsable --dependency=afterany:102 --array=1-5%4 " + fleet.path().resolve("sweep-3.sbatch"),
            "sbatch --parsable --dependency=afterany:101:102:103 " + fleet.path().resolve("merge.sbatch"));
    }

    @Test
    void shouldSayWhatSlurmSaidWhenItRefuses() throws IOException {
        FleetFolder fleet = planned(3, 1000);
        program("sbatch", "echo 'sbatch: warning: x'\necho 'sbatch: error: Batch job submission failed: Invalid job "
            + "array specification'\nexit 1");
        assertThatThrownBy(() -> new Slurm(programs).submit(fleet, Set.of(1))).isInstanceOf(IOException.class)
            .hasMessage("sbatch: error: Batch job submission failed: Invalid job array specification");

        program("sbatch", "echo Submitted something");
        assertThatThrownBy(() -> new Slurm(programs).submit(fleet, Set.of(1))).isInstanceOf(IOException.class)
            .hasMessageContaining("no number of a job");
        assertThatThrownBy(() -> new Slurm(folder).submit(fleet, Set.of(1))).isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith("there is no sbatch here");
    }

    @Test
    void shouldAskTheClusterHowLargeAnArrayMayBe() throws IOException {
        assertThat(new Slurm(folder).maxArraySize()).isEqualTo(1001);
        program("scontrol", "printf 'MaxArraySize            = 100\\nMaxJobCount             = 10000\\n'");
        assertThat(new Slurm(programs).maxArraySize()).isEqualTo(100);
        program("scontrol", "echo 'Unable to contact slurm controller'; exit 1");
        assertThat(new Slurm(programs).maxArraySize()).isEqualTo(1001);
    }

    @Test
    void shouldKnowWhichTasksTheClusterHas() throws IOException {
        FleetFolder fleet = planned(25, 10);
        Path plan = fleet.path();
        program("squeue", "cat <<'END'\n1|RUNNING|n1|" + plan + "/sweep.sbatch\n7|PENDING||" + plan
            + "/sweep-2.sbatch\n3|RUNNING|n2|/elsewhere/sweep.sbatch\nN/A|PENDING||" + plan + "/merge.sbatch\nEND");

        assertThat(new Slurm(programs).queued(fleet)).contains(Map.of(1, "running n1", 17, "pending"));
        assertThat(new Slurm(folder).queued(fleet)).isEmpty();
    }

    @Test
    void shouldKnowItsTasksByWhateverWayTheyWereSubmitted() throws IOException {
        FleetFolder fleet = planned(3, 1000);
        Path link = Files.createSymbolicLink(folder.resolve("link"), fleet.path());
        for (Path[] ways : new Path[][] {{link, fleet.path()}, {fleet.path(), link}}) {
            program("squeue", "echo '2|RUNNING|n1|" + ways[0].resolve("sweep.sbatch") + "'");

            assertThat(new Slurm(programs).underWay(FleetFolder.open(ways[1]))).isEqualTo(Map.of(2, "running n1"));
        }
    }

    /** As Slurm starts the last task of an array: its own number is that of the whole array. */
    private Process started(String code, String restarts) throws IOException {
        ProcessBuilder script = new ProcessBuilder("bash", folder.resolve("plan").resolve("sweep-2.sbatch").toString())
            .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
        Map<String, String> environment = script.environment();
        environment.put("PATH", programs + ":" + environment.get("PATH"));
        environment.putAll(Map.of("SLURM_JOB_ID", "500", "SLURM_ARRAY_JOB_ID", "500", "SLURM_ARRAY_TASK_ID", "7",
            "SLURM_RESTART_COUNT", restarts, "CODE", code));
        return script.start();
    }

    private int run(String code, String restarts) throws IOException, InterruptedException {
        Process process = started(code, restarts);
        assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /**
     * What may go right elsewhere is started anew, a few times and by its own index: requeued by the number of the job,
     * the last task of an array would take all others with it.
     */
    @ParameterizedTest
    @CsvSource({"0, 0, false", "1, 0, true", "1, 1, true", "1, 2, false", "2, 0, false", "137, 0, true"})
    void shouldStartATaskAnewByItsIndexWhenItMayGoRightElsewhere(String code, String restarts, boolean anew)
        throws Exception {
        planned(25, 10);

        assertThat(run(code, restarts)).isEqualTo(Integer.parseInt(code));
        List<String> expected = new ArrayList<>(
            List.of("steward --quiet sweep --task " + folder.resolve("plan") + " 17"));
        if (anew) {
            expected.add("scontrol requeue 500_7");
        }
        assertThat(calls()).isEqualTo(expected);
    }

    /** No JRE there, or a folder that it does not see: the launcher calls it 2, and another node may do better. */
    @Test
    void shouldStartATaskAnewWhenItsNodeCannotRunTheSuite() throws Exception {
        planned(25, 10);
        program("steward", "exit 2");
        assertThat(run("0", "0")).isEqualTo(1);
        assertThat(calls()).containsExactly("scontrol requeue 500_7");

        program("steward", "exit 0");
        assertThat(run("0", "0")).isZero();
        Files.delete(folder.resolve("plan").resolve("fleet.json"));
        assertThat(run("0", "2")).isEqualTo(1);
        assertThat(calls()).containsExactly("scontrol requeue 500_7");
    }

    /** A cancelled task would come back for ever; the signal goes on to the suite, which brings what is finished. */
    @Test
    void shouldHandTheSignalOnAndNotStartAnewWhenToldToStop() throws Exception {
        planned(25, 10);
        Path ready = folder.resolve("ready");
        program("steward", "[ \"$1\" != --version ] || exit 0\ntrap 'echo stopped >>" + folder.resolve("calls")
            + "; exit 1' TERM\ntouch " + ready
            + "\nwhile :; do sleep 0.05; done");
        Process process = started("0", "0");
        while (Files.notExists(ready)) {
            assertThat(process.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        process.destroy();

        assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(calls()).containsExactly("stopped");
    }
}
