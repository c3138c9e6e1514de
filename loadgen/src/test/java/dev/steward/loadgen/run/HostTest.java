package dev.steward.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.results.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    @TempDir
    private Path root;

    @Test
    void shouldReadWhatMovesFigures() throws IOException {
        write("proc/sys/kernel/version", "#1 SMP PREEMPT_RT Debian 6.12.48-1\n");
        write("proc/cpuinfo", "processor\t: 0\nmicrocode\t: 0xa0011d5\nflags\t: fpu\n");
        write("sys/devices/system/node/online", "0-1");
        write("sys/devices/system/cpu/online", "0");
        write("sys/devices/system/cpu/smt/active", "1");
        write("sys/devices/system/cpu/intel_pstate/no_turbo", "1");
        write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        write("sys/class/dmi/id/sys_vendor", "QEMU");
        write("sys/class/dmi/id/product_name", "Standard PC");
        cache(0, "1", "Data", "32K", "0,4");
        cache(1, "1", "Instruction", "48K", "0,4");
        cache(2, "3", "Unified", "16384K", "0-7");

        assertThat(facts()).containsAllEntriesOf(Map.of(
            "kernel build", "#1 SMP PREEMPT_RT Debian 6.12.48-1", "microcode", "0xa0011d5", "nodes", "0-1",
            "SMT", "on", "turbo", "off", "huge pages", "madvise", "machine type", "QEMU Standard PC",
            "caches", "L1d 32K of CPUs 0,4, L1i 48K of CPUs 0,4, L3 16384K of CPUs 0-7"));
        assertThat(facts().get("topology")).endsWith("1 L3 (CPUs 0), 1 core with a thread each");
        assertThat(facts().get("compiler threads")).matches("\\d+");
    }

    @Test
    void shouldReadWhatTheKernelDoesBesideTheRun() throws IOException {
        write("sys/devices/system/cpu/isolated", "2-3\n");
        write("sys/devices/system/cpu/nohz_full", " (null)\n");
        write("sys/kernel/debug/sched/preempt", "none voluntary (full) lazy\n");
        write("sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: Retpolines\n");
        write("sys/devices/system/cpu/vulnerabilities/mds", "Not affected\n");
        write("sys/devices/system/cpu/vulnerabilities/retbleed", "Mitigation: untrained return thunk\n");
        write("sys/devices/system/cpu/vulnerabilities/spec_store_bypass", "Vulnerable\n");
        write("proc/sys/kernel/sched_rt_runtime_us", "950000\n");
        write("proc/sys/kernel/sched_rt_period_us", "1000000\n");
        write("proc/self/limits", "Max realtime priority     20                   99                   \n");
        write("proc/loadavg", "3.17 2.00 1.00 2/300 4711\n");
        write("proc/sys/kernel/numa_balancing", "2\n");
        write("sys/bus/event_source/devices/ibs_op/type", "9\n");

        assertThat(facts()).containsAllEntriesOf(Map.of(
            "isolated CPUs", "2-3", "CPUs without tick", "none", "preemption", "full",
            "mitigations", "against retbleed, spectre_v2; vulnerable: spec_store_bypass",
            "real-time threads", "throttled after 950000 us in 1000000 us, RLIMIT_RTPRIO 20",
            "load", "3.17 runnable, mean of a minute", "NUMA balancing", "on"));
        assertThat(facts().get("perf c2c")).startsWith("by IBS: ").contains("perf c2c record -- ./steward compare");
        assertThat(facts().get("hardware counters")).isNotBlank();
    }

    /** No kernel allows fewer than 301 processes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldReadNumbersOfTheKernelToTheirEnd() {
        assertThat(new Host(Path.of("/")).read("proc/sys/kernel/pid_max")).get().asString().matches("\\d{3,}");
    }

    @Test
    void shouldFallBackToWhatTheKernelWasBuiltFor() throws IOException {
        write("proc/sys/kernel/version", "#1 SMP PREEMPT_DYNAMIC Debian");
        write("proc/sys/kernel/sched_rt_runtime_us", "-1");
        write("proc/sys/kernel/sched_rt_period_us", "1000000");
        assertThat(facts()).containsEntry("preemption", "built with PREEMPT_DYNAMIC")
            .containsEntry("real-time threads", "not throttled");
        write("proc/sys/kernel/version", "#1 SMP Debian");
        assertThat(facts()).containsEntry("preemption", "built without PREEMPT");
    }

    @Test
    void shouldKnowAGovernorThatKeepsACpuSlow() throws IOException {
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave");
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", "intel_pstate");
        assertThat(new Host(root).savesPower()).as("it follows the load").isFalse();
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", "acpi-cpufreq");
        assertThat(new Host(root).savesPower()).isTrue();
    }

    /** The rest of the command line may name hosts and hold secrets. */
    @Test
    void shouldKeepOfTheCommandLineOnlyWhatMovesFigures() throws IOException {
        write("proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=12 isolcpus=2-7 nohz_full=2-7 token=secret "
            + "mitigations=off nfsroot=host:/x processor.max_cstate=1 iommu.passthrough=1 preempt=full quiet\n");

        assertThat(facts().get("kernel parameters")).isEqualTo("isolcpus=2-7 nohz_full=2-7 mitigations=off "
            + "processor.max_cstate=1 iommu.passthrough=1 preempt=full");
        write("proc/cmdline", "quiet");
        assertThat(facts().get("kernel parameters")).isEqualTo("none that matters");
    }

    @Test
    void shouldReadTheLimitsOfTheControlGroup() throws IOException {
        write("proc/self/cgroup", "0::/lab/job\n");
        write("sys/fs/cgroup/lab/job/cpu.max", "150000 100000");
        write("sys/fs/cgroup/lab/job/cpuset.cpus.effective", "2-3");
        write("sys/fs/cgroup/lab/job/cpu.stat", "usage_usec 5\nnr_periods 9\nnr_throttled 4\n");
        Host host = new Host(root);

        assertThat(facts().get("cgroup")).isEqualTo("cpu.max 150000 100000, cpuset.cpus.effective 2-3");
        assertThat(host.throttled()).isEqualTo(4);
    }

    @Test
    void shouldNotKnowWhatTheKernelDoesNotSay() {
        assertThat(facts()).containsEntry("turbo", "unknown").containsEntry("cgroup", "unknown")
            .containsEntry("isolated CPUs", "unknown").containsEntry("preemption", "unknown")
            .containsEntry("mitigations", "unknown").containsEntry("real-time threads", "unknown")
            .containsEntry("load", "unknown").containsEntry("topology", "unknown")
            .containsEntry("perf c2c", "not here: the kernel offers no load-latency events, IBS or SPE")
            .containsEntry("caches", "unknown").containsEntry("kernel parameters", "unknown");
        assertThat(new Host(root).throttled()).isZero();
        assertThat(new Host(root).savesPower()).isFalse();
    }

    private Map<String, String> facts() {
        return new Host(root).facts().stream()
            .collect(Collectors.toMap(RunManifest.EnvironmentEntry::key, RunManifest.EnvironmentEntry::value));
    }

    private void cache(int index, String level, String type, String size, String cpus) throws IOException {
        String folder = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
        write(folder + "level", level);
        write(folder + "type", type);
        write(folder + "size", size);
        write(folder + "shared_cpu_list", cpus);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
