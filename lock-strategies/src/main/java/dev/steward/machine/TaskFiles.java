package dev.steward.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel tells of a thread of this process in {@code /proc/self/task/TID} (proc(5)).
 *
 * <p>Threading: any; immutable.
 */
public final class TaskFiles {
    private static final int STATE_FIELD = 3;
    private static final int MINOR_FAULTS_FIELD = 10;
    private static final int MAJOR_FAULTS_FIELD = 12;
    private static final int NICE_FIELD = 19;
    private static final int CPU_FIELD = 39;
    private static final int PRIORITY_FIELD = 40;
    private static final int POLICY_FIELD = 41;

    private final Path folder;
    private final int thread;

    private TaskFiles(Path folder, int thread) {
        this.folder = folder;
        this.thread = thread;
    }

    /**
     * What a thread has done since it started. Null is not told here.
     *
     * @param cpu                 the CPU that it runs on, or ran on last.
     * @param scheduling          in force.
     * @param voluntarySwitches   times that it gave its CPU away, to wait.
     * @param involuntarySwitches times that it was taken off its CPU.
     * @param migrations          times that it went to another CPU; with CONFIG_SCHED_DEBUG.
     * @param pageFaults          minor and major.
     */
    public record Look(
        int cpu, Scheduling scheduling, Long voluntarySwitches, Long involuntarySwitches, Long migrations,
        Long pageFaults) {
    }

    /** Of the calling thread; empty where the kernel does not tell. */
    public static Optional<TaskFiles> own() {
        try {
            String number = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
            return Optional.of(of(Path.of("/proc/self/task"), Integer.parseInt(number)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Of a thread by its number, below a folder that is {@code /proc/self/task} but for a test. */
    public static TaskFiles of(Path tasks, int thread) {
        return new TaskFiles(tasks.resolve(Integer.toString(thread)), thread);
    }

    /** Its number. */
    public int thread() {
        return thread;
    }

    /** The CPU that it runs on, or ran on last: field 39 of {@code stat}. Empty if it has ended. */
    public Optional<Integer> cpu() {
        return stat().map(stat -> Integer.parseInt(stat[CPU_FIELD - STATE_FIELD]));
    }

    /** Everything. Empty if it has ended. */
    public Optional<Look> look() {
        return stat().map(stat -> new Look(
            number(stat, CPU_FIELD),
            Scheduling.inForce(number(stat, POLICY_FIELD), number(stat, PRIORITY_FIELD), number(stat, NICE_FIELD)),
            labelled("status", "voluntary_ctxt_switches"),
            labelled("status", "nonvoluntary_ctxt_switches"),
            labelled("sched", "se.nr_migrations"),
            Long.parseLong(stat[MINOR_FAULTS_FIELD - STATE_FIELD])
                + Long.parseLong(stat[MAJOR_FAULTS_FIELD - STATE_FIELD])));
    }

    private static int number(String[] stat, int field) {
        return Integer.parseInt(stat[field - STATE_FIELD]);
    }

    /** The fields from the third on; the second is the name, which may hold anything. */
    private Optional<String[]> stat() {
        String text = read("stat");
        String[] fields = text.substring(text.lastIndexOf(')') + 1).trim().split(" ");
        return fields.length > POLICY_FIELD - STATE_FIELD ? Optional.of(fields) : Optional.empty();
    }

    private Long labelled(String file, String label) {
        return read(file).lines().filter(line -> line.startsWith(label))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .filter(value -> value.matches("\\d{1,18}")).map(Long::valueOf).findFirst().orElse(null);
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }
}
