package dev.steward.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuTopologyTest {
    @TempDir
    private Path root;

    @Test
    void shouldKnowPackagesNodesCachesAndThreadsOfACore() {
        CpuTopology topology = FakeSysfs.twoSockets(root);

        assertThat(topology.cpus()).hasSize(8).contains(new CpuTopology.Cpu(6, 1, 1, 2, 2));
        assertThat(topology.distance(6, 6)).isZero();
        assertThat(topology.distance(6, 2)).as("threads of a core").isEqualTo(1);
        assertThat(topology.distance(6, 3)).as("one cache").isEqualTo(2);
        assertThat(topology.distance(6, 1)).as("another package").isEqualTo(CpuTopology.FARTHEST);
        assertThat(topology.severalNodes(CpuList.set(CpuList.parse("0,2")))).isTrue();
        assertThat(topology.severalNodes(CpuList.set(CpuList.parse("0,4,5")))).isFalse();
        assertThat(topology.words()).isEqualTo(
            "2 packages, 2 nodes, 2 L3s (CPUs 0-1,4-5 | 2-3,6-7), 4 cores with 8 threads");
    }

    @Test
    void shouldTellCachesOfOneNodeApart() {
        CpuTopology topology = FakeSysfs.oneCacheEach(root, 8, 4);

        assertThat(topology.distance(0, 3)).isEqualTo(2);
        assertThat(topology.distance(3, 4)).as("another cache of the package").isEqualTo(3);
        assertThat(topology.words()).isEqualTo(
            "1 package, 1 node, 2 L3s (CPUs 0-3 | 4-7), 8 cores with a thread each");
    }

    @Test
    void shouldKnowASmallGuest() {
        assertThat(FakeSysfs.cloud(root).words())
            .isEqualTo("1 package, 1 node, 1 L3 (CPUs 0-1), 2 cores with a thread each");
    }

    @Test
    void shouldLeaveOutWhatIsOffline() {
        FakeSysfs.twoSockets(root);
        FakeSysfs.in(root).online("0-1,3-6");

        assertThat(CpuTopology.read(root).cpus()).extracting(CpuTopology.Cpu::number).containsExactly(0, 1, 3, 4, 5, 6);
    }

    /** Kernels for small machines leave files out; such a machine is still used. */
    @Test
    void shouldSayUnknownOfWhatTheKernelDoesNotSay() throws IOException {
        assertThat(CpuTopology.read(root).words()).isEqualTo("unknown");
        Files.createDirectories(root.resolve("sys/devices/system/cpu/cpu0/topology"));
        Files.createDirectories(root.resolve("sys/devices/system/cpu/cpu1/topology"));
        Files.createDirectories(root.resolve("sys/devices/system/cpu/cpu2"));
        CpuTopology topology = CpuTopology.read(root);

        assertThat(topology.words()).isEqualTo(
            "unknown packages, unknown nodes, last-level caches unknown, 2 cores with a thread each");
        assertThat(topology.distance(0, 1)).isEqualTo(3);
        assertThat(topology.severalNodes(CpuList.set(CpuList.parse("0-1")))).isFalse();
    }

    @Test
    void shouldReadNothingIntoDamagedFiles() {
        FakeSysfs.in(root).online("0-1").node(0, "none").cpu(0, 0, "0-").cpu(1, 0, "x");

        assertThat(CpuTopology.read(root).cpus()).containsExactly(
            new CpuTopology.Cpu(0, 0, -1, -1, 0), new CpuTopology.Cpu(1, 0, -1, -1, 1));
    }

    @Test
    void shouldPutTheLastCoreFirstAndSecondThreadsLast() {
        CpuTopology topology = FakeSysfs.twoSockets(root);

        assertThat(Cpus.bestFirst(CpuList.set(CpuList.parse("0-7")), topology))
            .containsExactly(3, 2, 1, 0, 7, 6, 5, 4);
        assertThat(Cpus.bestFirst(CpuList.set(CpuList.parse("1,4-7")), topology))
            .as("a thread whose sibling may not be used is a first one").containsExactly(7, 6, 4, 1, 5);
    }
}
