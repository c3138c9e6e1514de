package dev.steward.loadgen.cell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * CPU time from {@code /proc/stat}, of the whole machine or of one CPU: what the host took away, what nobody used.
 *
 * @param stealTicks time in which this machine wanted to run and its host ran something else.
 * @param idleTicks  time in which nothing wanted to run, or only waited for a disk.
 */
public record ProcessorTimes(long stealTicks, long idleTicks, long totalTicks) {
    /** Of which no share can be told. */
    public static final ProcessorTimes UNREADABLE = new ProcessorTimes(-1, -1, -1);
    private static final int FIRST_COUNTED = 1;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    /** As it stands. */
    public static ProcessorTimes now() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/stat")).get(0));
        } catch (IOException | RuntimeException e) {
            return UNREADABLE;
        }
    }

    /** Parses a line of it: user nice system idle iowait irq softirq steal; guest times are part of user and nice. */
    public static ProcessorTimes parse(String line) {
        String[] fields = line.trim().split("\\s+");
        long total = 0;
        for (int i = FIRST_COUNTED; i <= STEAL; i++) {
            total += Long.parseLong(fields[i]);
        }
        return new ProcessorTimes(Long.parseLong(fields[STEAL]),
            Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IO_WAIT]), total);
    }

    /** Share of the time since an earlier reading, empty where it cannot be told. */
    public OptionalDouble stealShareSince(ProcessorTimes earlier) {
        return shareSince(earlier, stealTicks - earlier.stealTicks);
    }

    /** The same of the time that nobody used. */
    public OptionalDouble idleShareSince(ProcessorTimes earlier) {
        return shareSince(earlier, idleTicks - earlier.idleTicks);
    }

    private OptionalDouble shareSince(ProcessorTimes earlier, long ticks) {
        if (earlier.totalTicks < 0 || totalTicks <= earlier.totalTicks) {
            return OptionalDouble.empty();
        }
        // Some hosts correct the steal counter backwards.
        return OptionalDouble.of((double) Math.max(0, ticks) / (totalTicks - earlier.totalTicks));
    }
}
