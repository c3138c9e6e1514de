package dev.steward.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * How the CPUs that are online lie to each other: packages, memory nodes, last-level caches and cores, as the kernel
 * tells in {@code sys/devices/system} (Documentation/ABI/stable/sysfs-devices-system-cpu and -node).
 *
 * <p>A virtual machine may be told less than there is, or other things. Immutable.
 */
public final class CpuTopology {
    /** Where the kernel does not say. */
    public static final int UNKNOWN = -1;
    /** Of two CPUs with nothing in common but the machine, the largest {@link #distance}. */
    public static final int FARTHEST = 4;

    private static final int SAME_CORE = 1;
    private static final int SAME_CACHE = 2;
    private static final int SAME_NODE = 3;
    private static final int MOST_CACHES = 16;

    private final Map<Integer, Cpu> cpus = new TreeMap<>();
    private final int cacheLevel;

    /**
     * A CPU. What is not known is {@link #UNKNOWN}.
     *
     * @param number of the CPU, 0 or more.
     * @param socket physical package.
     * @param node   memory node.
     * @param cache  lowest of the CPUs that share its last-level cache.
     * @param core   lowest of the CPUs that are threads of its core; the CPU itself if that is not known.
     */
    public record Cpu(int number, int socket, int node, int cache, int core) {
    }

    private CpuTopology(List<Cpu> cpus, int cacheLevel) {
        cpus.forEach(cpu -> this.cpus.put(cpu.number, cpu));
        this.cacheLevel = cacheLevel;
    }

    /**
     * One that is known.
     *
     * @param cacheLevel of the last-level caches; 0 if there are none.
     */
    public static CpuTopology of(List<Cpu> cpus, int cacheLevel) {
        return new CpuTopology(cpus, cacheLevel);
    }

    /**
     * Reads what is told.
     *
     * @param root that has the folder {@code sys}: / but for a test.
     */
    public static CpuTopology read(Path root) {
        Path system = root.resolve("sys/devices/system");
        Map<Integer, Integer> nodes = nodes(system.resolve("node"));
        List<Cpu> cpus = new ArrayList<>();
        int deepest = 0;
        for (int number : online(system.resolve("cpu"))) {
            Path folder = system.resolve("cpu/cpu" + number);
            Cache last = lastCache(folder.resolve("cache"));
            deepest = Math.max(deepest, last.level);
            cpus.add(new Cpu(
                number,
                text(folder.resolve("topology/physical_package_id")).flatMap(CpuTopology::number).orElse(UNKNOWN),
                nodes.getOrDefault(number, UNKNOWN),
                last.lowestCpu,
                list(folder.resolve("topology/thread_siblings_list"))
                    .or(() -> list(folder.resolve("topology/core_cpus_list")))
                    .map(CpuTopology::lowest).orElse(number)));
        }
        return of(cpus, deepest);
    }

    /** That of this machine, read once. */
    public static CpuTopology here() {
        return Here.TOPOLOGY;
    }

    private static final class Here {
        private static final CpuTopology TOPOLOGY = read(Path.of("/"));
    }

    private record Cache(int level, int lowestCpu) {
    }

    /** CPUs that are offline have a folder, too, but no topology. */
    private static List<Integer> online(Path folder) {
        return list(folder.resolve("online")).orElseGet(() -> numbered(folder, "cpu").stream()
            .filter(cpu -> Files.exists(folder.resolve("cpu" + cpu + "/topology"))).toList());
    }

    /** Node by CPU; none on a kernel without them. */
    private static Map<Integer, Integer> nodes(Path folder) {
        Map<Integer, Integer> nodes = new HashMap<>();
        for (int node : numbered(folder, "node")) {
            list(folder.resolve("node" + node + "/cpulist")).ifPresent(
                cpus -> cpus.forEach(cpu -> nodes.put(cpu, node)));
        }
        return nodes;
    }

    private static List<Integer> numbered(Path folder, String prefix) {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, prefix + "[0-9]*")) {
            found.forEach(one -> number(one.getFileName().toString().substring(prefix.length()))
                .ifPresent(numbers::add));
        } catch (IOException e) {
            // The kernel does not say.
            return List.of();
        }
        numbers.sort(null);
        return numbers;
    }

    private static Cache lastCache(Path folder) {
        Cache last = new Cache(0, UNKNOWN);
        for (int index = 0; index < MOST_CACHES; index++) {
            Path one = folder.resolve("index" + index);
            int level = text(one.resolve("level")).flatMap(CpuTopology::number).orElse(0);
            Optional<List<Integer>> shared = list(one.resolve("shared_cpu_list"));
            if (level > last.level && shared.isPresent()) {
                last = new Cache(level, lowest(shared.get()));
            }
        }
        return last;
    }

    private static int lowest(List<Integer> cpus) {
        return cpus.stream().mapToInt(Integer::intValue).min().orElse(UNKNOWN);
    }

    private static Optional<List<Integer>> list(Path file) {
        try {
            return text(file).map(CpuList::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<String> text(Path file) {
        try {
            String text = Files.readString(file).trim();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All that are online, ascending; empty if the kernel says nothing. */
    public List<Cpu> cpus() {
        return List.copyOf(cpus.values());
    }

    /** One CPU; of one that is not listed only the number is known. */
    public Cpu cpu(int number) {
        return cpus.getOrDefault(number, new Cpu(number, UNKNOWN, UNKNOWN, UNKNOWN, number));
    }

    /**
     * How far apart two CPUs are: 0 the same, 1 threads of one core, 2 one last-level cache, 3 one package and node, 4
     * neither.
     */
    public int distance(int one, int other) {
        Cpu a = cpu(one);
        Cpu b = cpu(other);
        if (one == other) {
            return 0;
        }
        if (a.core == b.core) {
            return SAME_CORE;
        }
        if (a.cache == b.cache && a.cache != UNKNOWN) {
            return SAME_CACHE;
        }
        return a.socket == b.socket && a.node == b.node ? SAME_NODE : FARTHEST;
    }

    /** Whether the CPUs named lie on nodes that are known and not all the same. */
    public boolean severalNodes(BitSet of) {
        return of.stream().map(cpu -> cpu(cpu).node).filter(node -> node != UNKNOWN).distinct().count() > 1;
    }

    /** In a line: how many of each, and which CPUs share a last-level cache. */
    public String words() {
        if (cpus.isEmpty()) {
            return "unknown";
        }
        int cores = count(Cpu::core);
        Map<Integer, BitSet> shared = new TreeMap<>();
        cpus.values().stream().filter(cpu -> cpu.cache != UNKNOWN)
            .forEach(cpu -> shared.computeIfAbsent(cpu.cache, cache -> new BitSet()).set(cpu.number));
        String caches = shared.isEmpty() ? "last-level caches unknown"
            : counted(shared.size(), "L" + cacheLevel) + " (CPUs "
                + String.join(" | ", shared.values().stream().map(CpuList::words).toList()) + ")";
        return counted(count(Cpu::socket), "package") + ", " + counted(count(Cpu::node), "node") + ", " + caches
            + ", " + counted(cores, "core")
            + (cores < cpus.size() ? " with " + cpus.size() + " threads" : " with a thread each");
    }

    /** 0 if none is known. */
    private int count(ToIntFunction<Cpu> of) {
        HashSet<Integer> different = new HashSet<>();
        cpus.values().stream().mapToInt(of).filter(one -> one != UNKNOWN).forEach(different::add);
        return different.size();
    }

    private static String counted(int count, String what) {
        return (count == 0 ? "unknown" : Integer.toString(count)) + " " + what + (count == 1 ? "" : "s");
    }
}
