package dev.steward.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a kernel has of its CPUs, of a machine that nobody needs to own. */
public final class FakeSysfs {
    private final Path root;

    private FakeSysfs(Path root) {
        this.root = root;
    }

    /** Two packages with a node and a last-level cache each, two cores of two threads: CPU n and n + 4 are a core. */
    public static CpuTopology twoSockets(Path root) {
        FakeSysfs files = new FakeSysfs(root).online("0-7").node(0, "0-1,4-5").node(1, "2-3,6-7");
        for (int cpu = 0; cpu < 8; cpu++) {
            int core = cpu % 4;
            files.cpu(cpu, core / 2, core + "," + (core + 4)).lastCache(cpu, 3, core < 2 ? "0-1,4-5" : "2-3,6-7");
        }
        return CpuTopology.read(root);
    }

    /** A small guest in a cloud: a package, a node, a cache. */
    public static CpuTopology cloud(Path root) {
        return oneCacheEach(root, 2, 2);
    }

    /** A package of one node, a last-level cache for every few cores without second threads, as AMD's CCX. */
    public static CpuTopology oneCacheEach(Path root, int cpus, int ofOneCache) {
        FakeSysfs files = new FakeSysfs(root).online("0-" + (cpus - 1)).node(0, "0-" + (cpus - 1));
        for (int cpu = 0; cpu < cpus; cpu++) {
            int first = cpu / ofOneCache * ofOneCache;
            files.cpu(cpu, 0, Integer.toString(cpu)).lastCache(cpu, 3, first + "-" + (first + ofOneCache - 1));
        }
        return CpuTopology.read(root);
    }

    static FakeSysfs in(Path root) {
        return new FakeSysfs(root);
    }

    FakeSysfs online(String cpus) {
        return write("cpu/online", cpus);
    }

    FakeSysfs node(int node, String cpus) {
        return write("node/node" + node + "/cpulist", cpus);
    }

    FakeSysfs cpu(int cpu, int socket, String siblings) {
        return write("cpu/cpu" + cpu + "/topology/physical_package_id", Integer.toString(socket))
            .write("cpu/cpu" + cpu + "/topology/thread_siblings_list", siblings);
    }

    /** With the caches of a core before it. */
    FakeSysfs lastCache(int cpu, int level, String cpus) {
        return cache(cpu, 0, 1, "Data", Integer.toString(cpu)).cache(cpu, 1, 1, "Instruction", Integer.toString(cpu))
            .cache(cpu, 2, level, "Unified", cpus);
    }

    private FakeSysfs cache(int cpu, int index, int level, String type, String cpus) {
        String folder = "cpu/cpu" + cpu + "/cache/index" + index + "/";
        return write(folder + "level", Integer.toString(level)).write(folder + "type", type)
            .write(folder + "shared_cpu_list", cpus);
    }

    FakeSysfs write(String file, String text) {
        try {
            Path path = root.resolve("sys/devices/system").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
