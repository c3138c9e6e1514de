package dev.steward.loadgen.transfer;

import dev.steward.results.LockFigure.Workload;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the threads of a turn do.
 *
 * @param writesPerSecond of the writer; 0 without one.
 */
public record Load(Workload workload, int readers, int writers, double writesPerSecond) {
    /** Of a table that fits a cache, as the benchmarks have it. */
    public static final int ENTRIES = 4096;

    /** One reader, two, one beside attaches at 10k/s, and two that report. */
    public static final List<Load> ALL = List.of(
        new Load(Workload.TRANSLATE, 1, 0, 0), new Load(Workload.TRANSLATE, 2, 0, 0),
        new Load(Workload.TRANSLATE, 1, 1, 10_000), new Load(Workload.REPORT, 2, 0, 0));

    /** The negative control: one entry and a writer that never rests, so that torn snapshots come by the thousand. */
    static String control(List<Integer> cpus) {
        return "workload=translate readers=1 writers=1 rate=unlimited entries=1 tokens=0 warmup_ms=0 ms=50"
            + cpus(cpus);
    }

    /** The order for it, which JVM and twin understand: both read {@code key=value}. */
    String order(long warmUpMs, long ms, List<Integer> cpus) {
        return String.format(Locale.ROOT,
            "workload=%s readers=%d writers=%d rate=%d entries=%d tokens=0 warmup_ms=%d ms=%d",
            workload.name().toLowerCase(Locale.ROOT), readers, writers, Math.max(1, (long) writesPerSecond), ENTRIES,
            warmUpMs, ms) + cpus(cpus);
    }

    private static String cpus(List<Integer> cpus) {
        return cpus.isEmpty() ? ""
            : " cpus=" + cpus.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
