package dev.steward.results;

import java.util.List;

/**
 * What the kernel module {@code stewardscale} measured, read from the log of a kernel, as {@code kernel read --json}
 * prints it. Immutable.
 *
 * @param measurements one for each lock of each run, in the order of the log
 */
public record KernelResult(String format, int version, List<Measurement> measurements) {
    /** Copies the list. */
    public KernelResult {
        measurements = List.copyOf(measurements);
    }

    /** Of the current version. */
    public static KernelResult of(List<Measurement> measurements) {
        return new KernelResult("steward-kernel", 1, measurements);
    }

    /**
     * One lock in one run.
     *
     * @param run     what was asked of all locks of the run
     * @param lock    its name in the module
     * @param pointer whether an attach replaces an entry behind a pointer instead of changing it
     * @param control whether it is broken on purpose, so that violations must be found
     * @param clockNs cost of a clock read
     * @param retries optimistic reads that were repeated
     * @param waits   attaches that waited for a report to end, or for memory that a grace period held
     * @param missed  intended operations that had not begun when time was up
     * @param rests   forced pauses of a real-time thread that never caught up
     */
    public record Measurement(
        Run run, String lock, boolean pointer, boolean control, long clockNs, Violations violations, long retries,
        long waits, long missed, long rests, List<Figure> figures) {
        /** Copies the list. */
        public Measurement {
            figures = List.copyOf(figures);
        }
    }

    /**
     * What was asked, and of which kernel.
     *
     * @param id              name of the run in its lines
     * @param mode            {@code open}: intended arrivals; {@code closed}: no pause between two look-ups
     * @param eventsPerSecond of each reader; 0 if closed
     * @param attachesPerSecond of each attach thread; 0 for no pause between two
     * @param seed            64 raw bits
     * @param preempt         {@code rt}, {@code dynamic}, {@code full}, {@code voluntary}, {@code none}
     * @param checking        whether the kernel checks its locks or its memory, which no figure survives
     */
    public record Run(
        String id, String mode, int entries, int readers, int attachThreads, int eventsPerSecond,
        int attachesPerSecond, int sectionNs, long seed, int warmupMs, int durationMs, int cpus, String preempt,
        boolean checking, String arch, String kernel) {
        /** Whether look-ups followed each other without a pause. */
        public boolean closed() {
            return mode.equals("closed");
        }
    }

    /**
     * Broken promises.
     *
     * @param torn    snapshots of two attachments
     * @param late    sections still under way for an attachment when the attach that replaced it had returned
     * @param changed entries that changed or were reused under a section that excludes it
     */
    public record Violations(long torn, long late, long changed) {
        /** All together. */
        public long total() {
            return torn + late + changed;
        }
    }

    /**
     * Times of one thread.
     *
     * @param role  {@code reader} or {@code attach}
     * @param what  {@code event}: from the intended arrival to the end of the report; {@code service}: without the time
     *              before its start; {@code translate}, {@code report}: closed loop, see {@code operations};
     *              {@code attach}: from the intended time; {@code commit}: without the time before its start
     * @param operations in each value that was recorded
     * @param values  recorded
     * @param minNs   of one operation, as the two that follow; 0 without values
     */
    public record Figure(
        int thread, String role, int cpu, String what, int operations, long values, double minNs, double meanNs,
        double maxNs, List<Bucket> buckets) {
        /** Copies the list. */
        public Figure {
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * Values in one power of two.
     *
     * @param belowNs upper end, excluded; time of one operation
     */
    public record Bucket(double belowNs, long values) {
    }
}
