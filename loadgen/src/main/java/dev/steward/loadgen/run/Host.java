package dev.steward.loadgen.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.steward.machine.CpuTopology;
import dev.steward.machine.HardwareCounters;
import dev.steward.machine.PerfCounters;
import dev.steward.machine.Scheduling;
import dev.steward.results.RunManifest;
import dev.steward.strategy.AsymmetricFence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the kernel says of the machine and of the limits that this process has, from {@code /proc} and {@code /sys}:
 * what moves figures without being seen. Of the kernel's command line only parameters that do; the rest may name hosts.
 */
final class Host {
    private static final String UNKNOWN = "unknown";
    private static final int MOST_BYTES = 1 << 20;
    private static final String CGROUPS = "sys/fs/cgroup/";
    /** Time in a period, in microseconds; no limit is "max". */
    private static final Pattern QUOTA = Pattern.compile("(\\d{1,18}) ([1-9]\\d{0,17})");
    private static final Pattern TELLING = Pattern.compile("(?:isolcpus|nohz_full|nohz|rcu_nocbs|irqaffinity|threadirqs"
        + "|mitigations|preempt|nosmt|idle|intel_pstate|amd_pstate|transparent_hugepage|hugepages|clocksource|tsc"
        + "|skew_tick|iommu[^=]*|arm-smmu[^=]*|(?:cpuidle|processor|intel_idle|rcutree|rcupdate)\\.[^=]+)(?:=.*)?");
    private static final Pattern CHOSEN = Pattern.compile("\\[(.*?)\\]");

    /** Of Intel, AMD and Arm; the second is for machines with two kinds of cores. */
    private static final Map<String, String> C2C_SOURCES = new TreeMap<>(Map.of(
        "cpu/events/mem-loads", "load latency", "cpu_core/events/mem-loads", "load latency", "ibs_op", "IBS",
        "arm_spe_0", "SPE"));
    private static final String C2C = "JAVA_TOOL_OPTIONS='-XX:+UnlockDiagnosticVMOptions -XX:+DumpPerfMapAtExit' "
        + "perf c2c record -- ./steward compare --strategy NAME --budget 10s, then perf c2c report";

    private final Path root;

    /** Below a root that is / but for a test. */
    Host(Path root) {
        this.root = root;
    }

    /** All facts; what cannot be read is "unknown". */
    List<RunManifest.EnvironmentEntry> facts() {
        List<RunManifest.EnvironmentEntry> facts = new ArrayList<>();
        add(facts, "machine type", machineType());
        add(facts, "kernel build", read("proc/sys/kernel/version").orElse(UNKNOWN));
        add(facts, "kernel parameters", read("proc/cmdline").map(Host::telling).orElse(UNKNOWN));
        add(facts, "microcode", read("proc/cpuinfo").flatMap(info -> info.lines()
            .filter(line -> line.startsWith("microcode")).map(line -> line.replaceAll(".*:\\s*", "")).findFirst())
            .orElse(UNKNOWN));
        add(facts, "caches", caches());
        add(facts, "topology", CpuTopology.read(root).words());
        add(facts, "isolated CPUs", listed("isolated"));
        add(facts, "CPUs without tick", listed("nohz_full"));
        add(facts, "preemption", preemption());
        add(facts, "mitigations", mitigations());
        add(facts, "real-time threads", realTime());
        add(facts, "load", read("proc/loadavg").map(load -> load.split(" ")[0] + " runnable, mean of a minute")
            .orElse(UNKNOWN));
        add(facts, "NUMA balancing", read("proc/sys/kernel/numa_balancing")
            .map(mode -> mode.equals("0") ? "off" : "on").orElse(UNKNOWN));
        add(facts, "hardware counters", hardwareCounters());
        add(facts, "perf c2c", cacheLines());
        add(facts, "nodes", read("sys/devices/system/node/online").orElse(UNKNOWN));
        add(facts, "SMT", read("sys/devices/system/cpu/smt/active").map(Host::onOff).orElse(UNKNOWN));
        add(facts, "turbo", read("sys/devices/system/cpu/intel_pstate/no_turbo")
            .map(no -> no.equals("0") ? "on" : "off")
            .or(() -> read("sys/devices/system/cpu/cpufreq/boost").map(Host::onOff)).orElse(UNKNOWN));
        add(facts, "huge pages", read("sys/kernel/mm/transparent_hugepage/enabled").map(Host::chosen).orElse(UNKNOWN));
        add(facts, "cgroup", cgroup());
        add(facts, "heavy fence", AsymmetricFence.asymmetric() ? "membarrier" : "full fence on both sides");
        add(facts, "compiler threads", compilerThreads());
        return facts;
    }

    private String machineType() {
        List<String> words = new ArrayList<>();
        read("sys/class/dmi/id/sys_vendor").ifPresent(words::add);
        read("sys/class/dmi/id/product_name").ifPresent(words::add);
        return words.isEmpty() ? UNKNOWN : String.join(" ", words);
    }

    /** Of a kernel that has no such CPUs the file is empty, or says "(null)". */
    private String listed(String file) {
        Path path = root.resolve("sys/devices/system/cpu/" + file);
        return !Files.exists(path) ? UNKNOWN
            : read("sys/devices/system/cpu/" + file).filter(cpus -> cpus.matches("[\\d,-]+")).orElse("none");
    }

    /** As chosen at boot or since; without debugfs, what the kernel was built for. */
    private String preemption() {
        return read("sys/kernel/debug/sched/preempt")
            .map(choices -> choices.replaceAll(".*\\((\\w+)\\).*", "$1"))
            .or(() -> read("proc/sys/kernel/version").map(version -> Stream.of(
                "PREEMPT_RT", "PREEMPT_DYNAMIC", "PREEMPT").filter(version::contains).findFirst()
                .map(built -> "built with " + built).orElse("built without PREEMPT")))
            .orElse(UNKNOWN);
    }

    /** Against faults of the CPU: each costs some at every entry into the kernel. */
    private String mitigations() {
        List<String> mitigated = new ArrayList<>();
        List<String> vulnerable = new ArrayList<>();
        try (Stream<Path> faults = Files.list(root.resolve("sys/devices/system/cpu/vulnerabilities"))) {
            faults.sorted().map(fault -> fault.getFileName().toString()).forEach(fault -> {
                String state = read("sys/devices/system/cpu/vulnerabilities/" + fault).orElse("");
                if (state.startsWith("Mitigation")) {
                    mitigated.add(fault);
                } else if (state.startsWith("Vulnerable")) {
                    vulnerable.add(fault);
                }
            });
        } catch (IOException e) {
            return UNKNOWN;
        }
        return (mitigated.isEmpty() ? "none" : "against " + String.join(", ", mitigated))
            + (vulnerable.isEmpty() ? "" : "; vulnerable: " + String.join(", ", vulnerable));
    }

    private String realTime() {
        Optional<String> runtime = read("proc/sys/kernel/sched_rt_runtime_us");
        Optional<String> period = read("proc/sys/kernel/sched_rt_period_us");
        String share = runtime.isEmpty() || period.isEmpty() ? UNKNOWN
            : runtime.get().equals("-1") ? "not throttled"
            : "throttled after " + runtime.get() + " us in " + period.get() + " us";
        return share + Scheduling.realTimeLimit(root).map(limit -> ", RLIMIT_RTPRIO " + limit).orElse("");
    }

    private static String hardwareCounters() {
        try (HardwareCounters counters = PerfCounters.open()) {
            return counters.error() != 0 ? "none: perf_event_open says error " + counters.error()
                : counters.userOnly() ? "of user mode only (perf_event_paranoid)" : "of user and kernel mode";
        }
    }

    /** Whether the CPUs can say which loads and stores hit a line that another CPU had changed, and how to ask. */
    private String cacheLines() {
        return C2C_SOURCES.entrySet().stream()
            .filter(source -> Files.exists(root.resolve("sys/bus/event_source/devices/" + source.getKey())))
            .findFirst().map(source -> "by " + source.getValue() + ": " + C2C)
            .orElse("not here: the kernel offers no load-latency events, IBS or SPE");
    }

    private static String telling(String commandLine) {
        String found = Arrays.stream(commandLine.split("\\s+")).filter(word -> TELLING.matcher(word).matches())
            .collect(Collectors.joining(" "));
        return found.isEmpty() ? "none that matters" : found;
    }

    /** Of CPU 0, by level. */
    private String caches() {
        Map<String, String> caches = new TreeMap<>();
        for (int index = 0; index < 8; index++) {
            String folder = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
            Optional<String> level = read(folder + "level");
            if (level.isPresent()) {
                String type = read(folder + "type").orElse("");
                String letter = type.equals("Data") ? "d" : type.equals("Instruction") ? "i" : "";
                caches.put("L" + level.get() + letter, read(folder + "size").orElse(UNKNOWN)
                    + read(folder + "shared_cpu_list").map(cpus -> " of CPUs " + cpus).orElse(""));
            }
        }
        return caches.isEmpty() ? UNKNOWN
            : caches.entrySet().stream().map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Limits of the innermost control group, of version 2. */
    private String cgroup() {
        Optional<String> folder = cgroupFolder();
        if (folder.isEmpty()) {
            return UNKNOWN;
        }
        List<String> limits = new ArrayList<>();
        for (String limit : List.of("cpu.max", "cpuset.cpus.effective", "memory.max")) {
            read(folder.get() + limit).ifPresent(value -> limits.add(limit + " " + value));
        }
        return limits.isEmpty() ? "no limits" : String.join(", ", limits);
    }

    /** Periods in which the control group was not allowed to run, so far; 0 where nothing says so. */
    long throttled() {
        return cgroupFolders().flatMap(folder -> read(folder + "cpu.stat").stream()).flatMap(String::lines)
            .filter(line -> line.startsWith("nr_throttled ")).map(line -> line.substring("nr_throttled ".length()))
            .filter(count -> count.matches("\\d{1,18}")).mapToLong(Long::parseLong).sum();
    }

    /** Of the innermost control group that has a file, its content. */
    Optional<String> ofCgroup(String file) {
        return cgroupFolders().flatMap(folder -> read(folder + file).stream()).findFirst();
    }

    /** The smallest quota of the control group and those above it, as in cpu.max: theirs hold for it, too. */
    Optional<String> quota() {
        return cgroupFolders().flatMap(folder -> read(folder + "cpu.max").stream())
            .min(Comparator.comparingDouble(Host::shareOfCpus));
    }

    private static double shareOfCpus(String quota) {
        Matcher numbers = QUOTA.matcher(quota);
        return numbers.matches()
            ? Double.parseDouble(numbers.group(1)) / Double.parseDouble(numbers.group(2)) : Double.POSITIVE_INFINITY;
    }

    /** How many threads of this process run or want to. */
    long ownRunning() {
        try (Stream<Path> tasks = Files.list(root.resolve("proc/self/task"))) {
            return tasks.map(task -> read(root.relativize(task) + "/stat").orElse(""))
                .filter(stat -> stat.matches("(?s)\\d+ \\(.*\\) R .*")).count();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** From the process's own outwards. */
    private Stream<String> cgroupFolders() {
        return Stream.iterate(cgroupFolder().orElse(""), folder -> folder.length() >= CGROUPS.length(),
            folder -> folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1));
    }

    private Optional<String> cgroupFolder() {
        return read("proc/self/cgroup")
            .flatMap(text -> text.lines().filter(line -> line.startsWith("0::/")).findFirst())
            .map(line -> CGROUPS + line.substring("0::/".length()).replaceAll("/*$", "") + "/")
            .map(path -> path.replace("//", "/"));
    }

    /**
     * Whether the first CPU stays slow under load. The governor "powersave" of intel_pstate and amd-pstate-epp is
     * another one: it follows the load (Documentation/admin-guide/pm/intel_pstate.rst).
     */
    boolean savesPower() {
        String folder = "sys/devices/system/cpu/cpu0/cpufreq/";
        return read(folder + "scaling_governor").filter("powersave"::equals).isPresent()
            && read(folder + "scaling_driver").filter(driver -> driver.contains("pstate")).isEmpty();
    }

    private static String compilerThreads() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return options == null ? UNKNOWN : options.getVMOption("CICompilerCount").getValue();
    }

    private static String onOff(String value) {
        return value.equals("1") ? "on" : "off";
    }

    private static String chosen(String choices) {
        Matcher chosen = CHOSEN.matcher(choices);
        return chosen.find() ? chosen.group(1) : choices;
    }

    private static void add(List<RunManifest.EnvironmentEntry> facts, String key, String value) {
        facts.add(new RunManifest.EnvironmentEntry(key, value));
    }

    /** Text of a file below the root, trimmed; empty if it has none or cannot be read. */
    Optional<String> read(String file) {
        // In one piece: of a number in /proc/sys a second read gets nothing, and Files.readString reads a byte first.
        try (InputStream input = Files.newInputStream(root.resolve(file))) {
            String text = new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).trim();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
