package dev.steward.results;

import static dev.steward.results.Within.Range.POSITIVE;
import static dev.steward.results.Within.Range.SIGNED;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * What an operation of a reader costs under one lock in one world: how the figures of the JVM, of the twin in C and of
 * the kernel module stand side by side. Immutable.
 *
 * @param lock            its name in its world; unique there for one load
 * @param strategy        strategy of the list with the same algorithm; absent if there is none, as for the spin lock of
 *                        the C library
 * @param readers         threads that look up, 1 or more
 * @param writers         threads that attach, 0 or more
 * @param writesPerSecond of all writers together; 0 without writers
 * @param ns              of one operation of one reader; the median of the repeats
 * @param lowNs           lower end of a 95 % interval; absent if the repeats do not give one
 * @param highNs          upper end, as the lower
 * @param repeatsNs       one or more, each of a repeat (generation of processes, boot, run), in the order taken
 * @param violations      snapshots that failed their check, in all repeats together
 */
public record LockFigure(
    World world, String lock, @MayBeAbsent String strategy, Workload workload, @Within(POSITIVE) int readers,
    int writers, double writesPerSecond, @Within(POSITIVE) double ns, @MayBeAbsent @Within(SIGNED) Double lowNs,
    @MayBeAbsent @Within(SIGNED) Double highNs, @Within(POSITIVE) List<Double> repeatsNs,
    long violations) {
    /** Copies the list. */
    public LockFigure {
        repeatsNs = List.copyOf(repeatsNs);
        if ((lowNs == null) != (highNs == null)) {
            throw new IllegalArgumentException("lowNs and highNs stand together, or neither does");
        }
    }

    /** The same with another interval. */
    public LockFigure withInterval(double low, double high) {
        return new LockFigure(world, lock, strategy, workload, readers, writers, writesPerSecond, ns, low, high,
            repeatsNs, violations);
    }

    /** Where a lock ran. */
    public enum World {
        /** A strategy of the list in a JVM. */
        @JsonProperty("jvm") JVM,
        /** The twin in C. */
        @JsonProperty("c") C,
        /** The kernel module. */
        @JsonProperty("kernel") KERNEL;

        /** {@return a lock of it, as sentences name it: {@code mutex (jvm)}} */
        public String named(String lock) {
            return lock + " (" + name().toLowerCase(Locale.ROOT) + ")";
        }
    }

    /** What a reader does. */
    public enum Workload {
        /** Looks a stream up and verifies the checksum of its entry, as {@code TranslateBenchmark} does. */
        @JsonProperty("translate") TRANSLATE,
        /** Looks a stream up twice and reports inside the section, as {@code ReadersBenchmark} does. */
        @JsonProperty("report") REPORT
    }
}
