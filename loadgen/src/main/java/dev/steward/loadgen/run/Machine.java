package dev.steward.loadgen.run;

import com.sun.management.OperatingSystemMXBean;
import dev.steward.loadgen.cell.Noise;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.results.RunManifest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/** What a figure must be read with: machine, kernel, JVM. */
final class Machine {
    private static final long MIB = 1 << 20;
    private static final String UNKNOWN = "unknown";

    private Machine() {
    }

    static List<RunManifest.EnvironmentEntry> describe(Scenario scenario) {
        List<RunManifest.EnvironmentEntry> entries = describe();
        add(entries, "cell jvm flags", String.join(" ", CellJvm.flags(scenario)));
        return entries;
    }

    /** The same without what only cells have. */
    static List<RunManifest.EnvironmentEntry> describe() {
        List<RunManifest.EnvironmentEntry> entries = new ArrayList<>();
        add(entries, "cpu", asked(hardware -> hardware.getProcessor().getProcessorIdentifier().getName().trim()));
        add(entries, "logical cpus", Runtime.getRuntime().availableProcessors() + " usable of "
            + asked(hardware -> hardware.getProcessor().getLogicalProcessorCount()));
        add(entries, "memory", asked(hardware -> hardware.getMemory().getTotal() / MIB + " MiB"));
        add(entries, "virtualised", virtualised());
        add(entries, "os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
            + System.getProperty("os.arch"));
        add(entries, "clock source", read("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
        add(entries, "cpu governor", read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        entries.addAll(new Host(Path.of("/")).facts());
        add(entries, "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return entries;
    }

    /** OSHI calls the C library through code that it has to unpack, which some machines do not let it run. */
    static <T> T asked(Function<SystemInfo, T> question, T otherwise) {
        try {
            return question.apply(new SystemInfo());
        } catch (LinkageError | RuntimeException e) {
            return otherwise;
        }
    }

    private static String asked(Function<HardwareAbstractionLayer, Object> question) {
        return asked(system -> question.apply(system.getHardware()).toString(), UNKNOWN);
    }

    /** The CPUID hypervisor bit as the kernel prints it. */
    private static String virtualised() {
        String cpuinfo = read("/proc/cpuinfo");
        if (cpuinfo.equals(UNKNOWN)) {
            return cpuinfo;
        }
        return cpuinfo.lines().anyMatch(line -> line.startsWith("flags") && line.contains(" hypervisor"))
            ? "yes" : "no sign of it";
    }

    private static void add(List<RunManifest.EnvironmentEntry> entries, String key, String value) {
        entries.add(new RunManifest.EnvironmentEntry(key, value));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).trim();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /**
     * Memory that new processes can have, bytes: what the machine has left, or the container that this JVM is in. All
     * that there is where nobody tells what is left.
     */
    static long availableBytes() {
        OperatingSystemMXBean container = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long all = container.getTotalMemorySize();
        return asked(system -> {
            GlobalMemory machine = system.getHardware().getMemory();
            if (machine.getTotal() <= 0) {
                return all;
            }
            // Without a limit what the JVM calls free leaves out what caches would give back.
            boolean limited = all < machine.getTotal();
            return limited ? Math.min(container.getFreeMemorySize(), machine.getAvailable()) : machine.getAvailable();
        }, all);
    }

    /** Tells what the machine is like; returns the causes of its noise, empty if it is quiet. */
    static String tell(Preflight preflight, Bystanders bystanders, Noise noise) {
        String causes = String.join(", ", bystanders.causes(noise));
        preflight.said(preflight(noise));
        if (!causes.isEmpty()) {
            preflight.noisy(causes);
        }
        return causes;
    }

    /** The preflight line: cores, JVM, noise. */
    static String preflight(Noise noise) {
        String steal = noise.stealShare().isPresent()
            ? String.format(Locale.ROOT, "%.1f%%", 100 * noise.stealShare().getAsDouble()) : UNKNOWN;
        return String.format(
            Locale.ROOT,
            "preflight: %d cores, JVM %s, gaps p99 %.0fus, steal %s, cache line there and back %s",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"),
            noise.gapP99Ns() / 1e3,
            steal,
            noise.roundTrip());
    }
}
