package dev.steward.loadgen.cell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * CPU time of the whole machine from {@code /proc/stat}, to see what the host took away.
 *
 * @param stealTicks time in which this machine wanted to run and its host ran something else.
 */
public record ProcessorTimes(long stealTicks, long totalTicks) {
    static final ProcessorTimes UNREADABLE = new ProcessorTimes(-1, -1);
    private static final int FIRST_COUNTED = 1;
    private static final int STEAL = 8;

    /** As it stands. */
    public static ProcessorTimes now() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/stat")).get(0));
        } catch (IOException | RuntimeException e) {
            return UNREADABLE;
        }
    }

    /** Parses the first line: user nice system idle iowait irq softirq steal; guest times are part of user and nice. */
    static ProcessorTimes parse(String line) {
        String[] fields = line.trim().split("\\s+");
        long total = 0;
        for (int i = FIRST_COUNTED; i <= STEAL; i++) {
            total += Long.parseLong(fields[i]);
        }
        return new ProcessorTimes(Long.parseLong(fields[STEAL]), total);
    }

    /** Share of the time since an earlier reading, empty where it cannot be told. */
    public OptionalDouble stealShareSince(ProcessorTimes earlier) {
        if (earlier.totalTicks < 0 || totalTicks <= earlier.totalTicks) {
            return OptionalDouble.empty();
        }
        // Some hosts correct the steal counter backwards.
        long stolen = Math.max(0, stealTicks - earlier.stealTicks);
        return OptionalDouble.of((double) stolen / (totalTicks - earlier.totalTicks));
    }
}
