package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a machine made of files: four CPUs, two cores, of which a task has one. */
class IsolationTest {
    @TempDir
    private Path root;

    @BeforeEach
    void quietMachine() throws IOException {
        write("proc/self/status", "Name:\tjava\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n");
        write("proc/self/cgroup", "0::/slurm/job_7\n");
        write("sys/fs/cgroup/slurm/job_7/cpu.stat", "usage_usec 5\nnr_throttled 3\n");
        write("sys/fs/cgroup/slurm/cpuset.cpus.effective", "0-1");
        write("sys/fs/cgroup/slurm/cpu.max", "max 100000");
        write("proc/loadavg", "0.10 0.20 0.30 1/300 4242\n");
        for (int cpu = 0; cpu < 4; cpu++) {
            write("sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor", "performance");
            write("sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list", cpu % 2 + "," + (cpu % 2 + 2));
        }
        stat(0, 0);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Ticks of CPUs 0 to 3: own work on the first two, other work on 3, and what the host took of 0. */
    private void stat(long others, long stolen) throws IOException {
        long own = others + stolen > 0 ? 1000 : 0;
        write("proc/stat", "cpu  1 1 1 1 1 1 1 1 0 0\ncpu0 " + own + " 0 0 0 0 0 0 " + stolen + " 0 0\ncpu1 " + own
            + " 0 0 0 0 0 0 0 0 0\ncpu2 0 0 0 1000 0 0 0 0 0 0\ncpu3 " + others + " 0 0 1000 0 0 0 0 0 0\nintr 5\n");
    }

    private static Map<String, String> facts(Isolation.Found found) {
        return found.facts().stream().collect(Collectors.toMap(
            RunManifest.EnvironmentEntry::key, RunManifest.EnvironmentEntry::value));
    }

    @Test
    void shouldSayWhatTheTaskMayHaveWhenNothingIsWrong() throws IOException {
        Isolation isolation = Isolation.begin(root);
        stat(0, 1);
        Isolation.Found found = isolation.found();

        assertThat(found.noise()).isEmpty();
        assertThat(facts(found)).containsAllEntriesOf(Map.of("affinity", "0-1", "cpuset.cpus.effective", "0-1",
            "cpu.max", "max 100000", "throttled periods", "0", "other threads that wanted a CPU at the start", "0",
            "governor", "performance", "SMT siblings of others", "2,3", "steal", "0.0 %"));
    }

    @Test
    void shouldNameASiblingThatIsBusyAndAHostThatSteals() throws IOException {
        Isolation isolation = Isolation.begin(root);
        stat(1000, 200);

        assertThat(isolation.found().noise()).containsExactlyInAnyOrder("the host took 8.3 % of the time",
            "CPU 3, the SMT sibling of CPU 1, was 100.0 % busy with other work");
    }

    /** What was throttled before the task is no fault of its time. */
    @Test
    void shouldNameAQuotaThatThrottled() throws IOException {
        write("sys/fs/cgroup/slurm/job_7/cpu.max", "150000 100000");
        Isolation isolation = Isolation.begin(root);
        assertThat(isolation.found().noise()).isEmpty();
        write("sys/fs/cgroup/slurm/job_7/cpu.stat", "usage_usec 5\nnr_throttled 4\n");

        assertThat(isolation.found().noise()).containsExactly(
            "the control group was throttled in 1 period (cpu.max 150000 100000)");
    }

    /** That of a group above holds for those below it, too, whatever theirs allow. */
    @ParameterizedTest
    @CsvSource({"400000 100000, 50000 50000, 50000 50000", "40000 10000, 150000 100000, 150000 100000",
        "max 100000, 300000 100000, 300000 100000", "200000 100000, max 100000, 200000 100000"})
    void shouldStateTheSmallestQuotaOfTheGroupsAbove(String own, String above, String stated) throws IOException {
        write("sys/fs/cgroup/slurm/job_7/cpu.max", own);
        write("sys/fs/cgroup/slurm/cpu.max", above);

        assertThat(facts(Isolation.begin(root).found())).containsEntry("cpu.max", stated);
    }

    @Test
    void shouldNameOthersThatWantACpuAndGovernorsThatDiffer() throws IOException {
        write("proc/loadavg", "0.10 0.20 0.30 3/300 4242\n");
        write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "schedutil");

        assertThat(Isolation.begin(root).found().noise()).containsExactly(
            "2 other threads wanted a CPU at the start",
            "the CPUs have different governors (performance, schedutil)");
    }

    @Test
    void shouldSayUnknownWhereThereIsNothingToRead(@TempDir Path empty) {
        Isolation.Found found = Isolation.begin(empty).found();

        assertThat(found.noise()).isEmpty();
        assertThat(facts(found)).containsEntry("affinity", "unknown").containsEntry("steal", "unknown")
            .containsEntry("cpu.max", "unknown");
    }
}
