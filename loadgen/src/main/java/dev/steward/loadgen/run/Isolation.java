package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.ProcessorTimes;
import dev.steward.machine.CpuList;
import dev.steward.results.RunManifest.EnvironmentEntry;
import dev.steward.results.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a scheduler lets this process have, and what else was at work there: read at the begin of a task and again
 * later. Threading: one thread.
 */
public final class Isolation {
    private static final String UNKNOWN = "unknown";
    private static final double BUSY_SHARE = 0.1;
    private static final double STOLEN_SHARE = 0.01;
    private static final int PERCENT = 100;

    private final Host host;
    private final long throttledBefore;
    private final Map<Integer, ProcessorTimes> ticksBefore;
    private final long runnable;

    private Isolation(Path root) {
        host = new Host(root);
        throttledBefore = host.throttled();
        ticksBefore = ticks();
        runnable = runnable();
    }

    /** Reads how it stands, before this process puts load on the machine. */
    public static Isolation begin() {
        return new Isolation(Path.of("/"));
    }

    /** The same of a machine below another root. */
    static Isolation begin(Path root) {
        return new Isolation(root);
    }

    /**
     * What was found, as of now.
     *
     * @param facts what cannot be read is "unknown".
     * @param noise what was wrong, in words; empty if nothing was.
     */
    public record Found(List<EnvironmentEntry> facts, List<String> noise) {
        /** Copies the lists. */
        public Found {
            facts = List.copyOf(facts);
            noise = List.copyOf(noise);
        }
    }

    /** Reads again. */
    public Found found() {
        List<EnvironmentEntry> facts = new ArrayList<>();
        List<String> noise = new ArrayList<>();
        String affinity = host.read("proc/self/status").flatMap(text -> text.lines()
            .filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst())
            .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(UNKNOWN);
        add(facts, "affinity", affinity);
        add(facts, "cpuset.cpus.effective", host.ofCgroup("cpuset.cpus.effective").orElse(UNKNOWN));
        String quota = host.quota().orElse(UNKNOWN);
        add(facts, "cpu.max", quota);
        long throttled = host.throttled() - throttledBefore;
        add(facts, "throttled periods", Long.toString(throttled));
        add(facts, "other threads that wanted a CPU at the start", runnable < 0 ? UNKNOWN : Long.toString(runnable));
        if (throttled > 0) {
            noise.add("the control group was throttled in " + Wording.counted(throttled, "period") + " (cpu.max "
                + quota + ")");
        }
        if (runnable > 0) {
            noise.add(Wording.counted(runnable, "other thread") + " wanted a CPU at the start");
        }
        cpus(cpuList(affinity), facts, noise);
        return new Found(facts, noise);
    }

    private void cpus(List<Integer> mine, List<EnvironmentEntry> facts, List<String> noise) {
        Map<Integer, ProcessorTimes> now = ticks();
        double stolen = mine.stream()
            .flatMapToDouble(cpu -> of(cpu, now).stealShareSince(of(cpu, ticksBefore)).stream()).average().orElse(-1);
        add(facts, "steal", percent(stolen));
        if (stolen >= STOLEN_SHARE) {
            noise.add("the host took " + percent(stolen) + " of the time");
        }
        String governors = mine.stream().map(cpu -> host.read(
            "sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor").orElse(UNKNOWN)).distinct().sorted()
            .collect(Collectors.joining(", "));
        add(facts, "governor", governors.isEmpty() ? UNKNOWN : governors);
        if (host.savesPower()) {
            noise.add("the CPUs' governor is powersave");
        } else if (governors.contains(",")) {
            noise.add("the CPUs have different governors (" + governors + ")");
        }
        TreeSet<Integer> siblings = new TreeSet<>();
        for (int cpu : mine) {
            for (int sibling : cpuList(host.read(
                "sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list").orElse(""))) {
                if (!mine.contains(sibling) && siblings.add(sibling)) {
                    double busy = 1 - of(sibling, now).idleShareSince(of(sibling, ticksBefore)).orElse(1);
                    if (busy >= BUSY_SHARE) {
                        noise.add("CPU " + sibling + ", the SMT sibling of CPU " + cpu + ", was " + percent(busy)
                            + " busy with other work");
                    }
                }
            }
        }
        add(facts, "SMT siblings of others", siblings.isEmpty() ? "none"
            : siblings.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private static ProcessorTimes of(int cpu, Map<Integer, ProcessorTimes> ticks) {
        return ticks.getOrDefault(cpu, ProcessorTimes.UNREADABLE);
    }

    private Map<Integer, ProcessorTimes> ticks() {
        return host.read("proc/stat").stream().flatMap(String::lines)
            .filter(line -> line.matches("cpu\\d{1,4}( \\d{1,18}){8,}"))
            .collect(Collectors.toMap(line -> Integer.parseInt(line.substring("cpu".length(), line.indexOf(' '))),
                ProcessorTimes::parse));
    }

    /** Without those of this process, whose compilers are at work; over the whole machine. */
    private long runnable() {
        return host.read("proc/loadavg").map(text -> text.replaceFirst("^\\S+ \\S+ \\S+ (\\d{1,9})/.*", "$1"))
            .filter(count -> count.matches("\\d{1,9}"))
            .map(count -> Math.max(0, Long.parseLong(count) - Math.max(1, host.ownRunning()))).orElse(-1L);
    }

    private static List<Integer> cpuList(String text) {
        try {
            return CpuList.parse(text);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static String percent(double share) {
        return share < 0 ? UNKNOWN : Wording.format("%.1f %%", PERCENT * share);
    }

    private static void add(List<EnvironmentEntry> facts, String key, String value) {
        facts.add(new EnvironmentEntry(key, value));
    }
}
