package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.CellMain;
import dev.steward.loadgen.cell.LiveMain;
import dev.steward.loadgen.cell.Noise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import oshi.software.os.OSProcess;

/** What else is at work on the machine while it is looked at, by name: the causes of noise. */
final class Bystanders {
    /** Of one CPU; a process that uses less is no reason. */
    private static final double BUSY_SHARE = 0.1;
    private static final int MOST_NAMED = 3;
    /** A spinning thread that loses its CPU for longer in one millisecond of a hundred is not alone on the machine. */
    private static final long NOISY_GAP_NS = 100_000;
    private static final double NOISY_STEAL_SHARE = 0.01;
    /** Main classes of JVMs that measure; the last is that of {@code transfer}. */
    private static final List<String> OURS =
        List.of(LiveMain.class.getName(), CellMain.class.getName(), "dev.steward.jmh.LaneMain");

    private final Host host = new Host(Path.of("/"));
    private final Map<Integer, OSProcess> before = new HashMap<>();
    private final long throttledBefore = host.throttled();

    private Bystanders() {
        processes().forEach(process -> before.put(process.getProcessID(), process));
    }

    /** Starts to look. */
    static Bystanders look() {
        return new Bystanders();
    }

    /** None where nobody can be asked: then nobody is named. */
    private static List<OSProcess> processes() {
        long own = ProcessHandle.current().pid();
        return Machine.asked(system -> system.getOperatingSystem().getProcesses().stream()
            .filter(process -> process.getProcessID() != own).toList(), List.of());
    }

    /**
     * Why the machine is noisy, each cause in a few words; none if it is quiet.
     *
     * @param noise measured meanwhile.
     */
    List<String> causes(Noise noise) {
        List<String> causes = new ArrayList<>();
        if (noise.gapP99Ns() > NOISY_GAP_NS) {
            causes.add(String.format(
                Locale.ROOT, "a spinning thread loses its CPU for %.0f us", noise.gapP99Ns() / 1e3));
        }
        if (noise.stealShare().orElse(0) > NOISY_STEAL_SHARE) {
            causes.add(String.format(Locale.ROOT, "the host takes %.0f %% of the time",
                100 * noise.stealShare().getAsDouble()));
        }
        List<OSProcess> now = processes();
        busy(now).limit(MOST_NAMED).forEach(causes::add);
        long left = now.stream().filter(Bystanders::ofASuite).count();
        if (left > 0) {
            causes.add(left + (left == 1 ? " JVM of another run of Steward is" : " JVMs of other runs of Steward are")
                + " there");
        }
        if (host.throttled() > throttledBefore) {
            causes.add("the control group is throttled (cpu.max)");
        }
        if (host.savesPower()) {
            causes.add("the CPUs' governor is powersave");
        }
        return causes;
    }

    /** Those that used much of a CPU since the look, the busiest first. */
    private Stream<String> busy(List<OSProcess> now) {
        return now.stream().filter(process -> share(process) >= BUSY_SHARE)
            .sorted((one, other) -> Double.compare(share(other), share(one)))
            .map(process -> String.format(Locale.ROOT, "%s (pid %d) uses %.0f %% of a CPU",
                process.getName(), process.getProcessID(), 100 * share(process)));
    }

    List<String> busy() {
        return busy(processes()).toList();
    }

    private double share(OSProcess process) {
        OSProcess earlier = before.get(process.getProcessID());
        return earlier == null ? 0 : process.getProcessCpuLoadBetweenTicks(earlier);
    }

    /** Also one whose run was killed and that has not ended yet. */
    private static boolean ofASuite(OSProcess process) {
        String command = process.getCommandLine();
        return OURS.stream().anyMatch(command::contains);
    }
}
