package dev.steward.results;

import static dev.steward.results.Within.Range.BITS;
import static dev.steward.results.Within.Range.POSITIVE;
import static dev.steward.results.Within.Range.SHARE;
import static dev.steward.results.Within.Range.SIGNED;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code cells/<cell-id>.json} says about one finished cell. Immutable. */
public record CellRecord(
    String format, int version, String id, String strategy, String path, int repeat,
    @Within(BITS) long seed, Status status, List<Reason> reasons, String startedAt, long startupMs,
    long warmupMs, long measuredMs, List<Waiting> waiting, String arrivalsDigest,
    List<Rate> rates, Ledger ledger, List<Oracle> oracles,
    @MayBeAbsent Deliveries deliveries, @MayBeAbsent Stalls stalls, @MayBeAbsent Prints prints,
    @MayBeAbsent List<Guest> guests,
    @MayBeAbsent List<ThreadShare> threads, @MayBeAbsent ThreadRuns threadRuns,
    @Within(SHARE) double threadOverlap,
    @JsonInclude @MayBeAbsent @Within(SHARE) Double stealShare, List<Placement> placement, Guard guard,
    Footprint footprint,
    AttachCounts attach, @MayBeAbsent Invalidations invalidations, @MayBeAbsent Long injectedFailures,
    @Within(POSITIVE) long sampleEvery, long saturated,
    @MayBeAbsent OutlierRecord outliers, @MayBeAbsent List<Arrivals> arrivals, @MayBeAbsent JvmActivity jvm,
    @MayBeAbsent String logDigest) {
    /** The path through the event queue and the interrupt of the handler, which sleeps between events. */
    public static final String RING = "ring";
    /** Hexadecimal digits of {@link #logDigest}, the begin of a SHA-256 of the cell's log. */
    public static final int LOG_DIGITS = 32;
    /** Value of {@link #format()}. */
    public static final String FORMAT = "steward-cell";
    /** Version that is written, the highest that is read. */
    public static final int VERSION = 2;
    /** Placement class of a cell between whose probes the placement changed. */
    public static final String MIXED = "mixed";
    /** Placement class of a cell without a probe. */
    public static final String UNKNOWN = "unknown";

    /** Copies the lists. */
    public CellRecord {
        reasons = List.copyOf(reasons);
        waiting = List.copyOf(waiting);
        rates = List.copyOf(rates);
        oracles = List.copyOf(oracles);
        guests = guests == null ? null : List.copyOf(guests);
        threads = threads == null ? null : List.copyOf(threads);
        placement = List.copyOf(placement);
        arrivals = arrivals == null ? null : List.copyOf(arrivals);
    }

    /**
     * Reads one.
     *
     * @throws IOException with a one-line reason, without the file's name
     */
    public static CellRecord read(Path file) throws IOException {
        return JsonFile.read(file, FORMAT, VERSION, CellRecord.class);
    }

    /**
     * How far apart the CPUs of the cell were: cells of different classes are never compared.
     *
     * @return {@code near}, {@code far}, an octave as of {@link PlacementClasses}, {@link #MIXED} if its probes differ
     *     before and after the cell or between pairs of CPUs, {@link #UNKNOWN} without a probe
     */
    public String placementClass() {
        List<String> classes = placement.stream().map(Placement::placementClass).distinct().toList();
        // A pair of CPUs that is always the same distance apart says nothing of a cell.
        List<String> telling = classes.stream().filter(one -> !one.contains("..")).toList();
        if (classes.isEmpty()) {
            return UNKNOWN;
        }
        return telling.size() > 1 ? MIXED : telling.size() == 1 ? telling.get(0) : classes.get(0);
    }

    /** The same cell with its probes in classes. */
    CellRecord placed(List<Placement> classified) {
        return JsonFile.changed(this, CellRecord.class, Map.of("placement", classified));
    }

    /**
     * The same cell under another name, among the cells of other folders.
     *
     * @param otherRepeat number of the repeat there
     */
    public CellRecord renamed(String otherId, int otherRepeat) {
        return JsonFile.changed(this, CellRecord.class, Map.of("id", otherId, "repeat", otherRepeat));
    }

    /** One thread in the measured window. */
    public record ThreadShare(String role, int index, long operations, double meanNs, long maxNs) {
    }

    /** Whether a finished cell may be believed. */
    public enum Status {
        /** Valid. */
        @JsonProperty("ok") OK,
        /** Kept and shown, excluded from every merged figure. */
        @JsonProperty("invalid") INVALID,
        /** Excluded, too: its threads were disturbed on purpose. No oracle saw a violation. */
        @JsonProperty("disturbed") DISTURBED
    }

    /** How a thread waits. */
    public record Waiting(String thread, @JsonProperty("wait") String manner) {
    }

    /** Rate of one load in the measured window. */
    public record Rate(String load, double targetPerSecond, double achievedPerSecond, long scheduled, long done) {
    }

    /**
     * How the arrivals of a load came in the measured window, compared with its schedule.
     *
     * @param missed  neither started nor given up
     * @param behind  share that started later than the mean gap of the schedule
     */
    public record Arrivals(String load, long due, @Within(SIGNED) long missed, @Within(SHARE) double behind) {
        /** Adds up two of a load. */
        public Arrivals plus(Arrivals other) {
            long all = due + other.due;
            return new Arrivals(load, all, missed + other.missed,
                all == 0 ? 0 : (behind * due + other.behind * other.due) / all);
        }
    }

    /**
     * What the JVM of a cell did beside it in the measured window.
     *
     * @param compiled methods of the suite and its libraries that the optimizing compiler took up
     * @param collections of the heap that were under way
     */
    public record JvmActivity(int compiled, int collections) {
    }

    /** Where every event went, exact counts of the whole run. */
    public record Ledger(
        long generated, long delivered, long lostAtRing, long lostInVeventq, long unattached, long unknownStream,
        long notForwarded, @MayBeAbsent Long stallQueued, long stallAborted, long misreported,
        @MayBeAbsent Long merged, @MayBeAbsent Long discardedAtDestroy, long stillQueued,
        @Within(SIGNED) long balance) {
    }

    /** What became of stalled faults, whole run. */
    public record Stalls(
        long queued, long answered, long answeredAutomatically, long answeredTooLate, long aborted,
        @MayBeAbsent Long refused, @MayBeAbsent Long throughFreedHandle) {

        /** Adds up two cells. */
        public Stalls plus(Stalls other) {
            return new Stalls(queued + other.queued, answered + other.answered,
                answeredAutomatically + other.answeredAutomatically, answeredTooLate + other.answeredTooLate,
                aborted + other.aborted, sum(refused, other.refused),
                sum(throughFreedHandle, other.throughFreedHandle));
        }

        private static Long sum(Long one, Long other) {
            return one == null || other == null ? null : Long.valueOf(one + other);
        }
    }

    /** What the driver prints of events that it cannot pass on and of overflows, whole run. */
    public record Prints(long events, long suppressed, long overflows) {
        /** Adds up two cells. */
        public Prints plus(Prints other) {
            return new Prints(events + other.events, suppressed + other.suppressed, overflows + other.overflows);
        }
    }

    /** What guests invalidated, whole run. */
    public record Invalidations(long commands, long misses, long syncs) {
        /** Adds up two cells. */
        public Invalidations plus(Invalidations other) {
            return new Invalidations(commands + other.commands, misses + other.misses, syncs + other.syncs);
        }
    }

    /** One correctness check. */
    public record Oracle(String name, long violations, long checks, @MayBeAbsent Long firstAtMs, String meaning) {
    }

    /** Where events went, compared with the stream table entry that caused them; whole run. */
    public record Deliveries(long right, long unprovoked, List<WindowCount> windows) {
        /** Copies the list. */
        public Deliveries {
            windows = List.copyOf(windows);
        }
    }

    /** Events of one window in which they do not go where their cause says. */
    public record WindowCount(
        String window, long staleSameGuest, long crossGuest, long lost, long oldestNs, String meaning) {
    }

    /** Events of the devices that are at home with one guest. */
    public record Guest(
        int guest, long offered, long delivered, long lost,
        @MayBeAbsent Long lostAtRing, @MayBeAbsent Long merged, @MayBeAbsent Long refused) {
    }

    /**
     * One reading of the placement probe.
     *
     * @param roundTripNs    median of the batches; 0 if there was none
     * @param lowNs          10th percentile of the batches; absent in older files
     * @param highNs         90th percentile of the batches; absent in older files
     * @param cpus           that it was between, as in {@code 1-0}; absent where they were not bound
     * @param placementClass {@link #UNKNOWN} without a reading; of a file that has no range the class, otherwise absent
     */
    public record Placement(
        String when, double roundTripNs, @MayBeAbsent Double lowNs, @MayBeAbsent Double highNs,
        @MayBeAbsent String cpus, @JsonProperty("class") @MayBeAbsent String placementClass) {
        /** A file that has neither a class nor a range says nothing. */
        public Placement {
            placementClass = placementClass == null ? UNKNOWN : placementClass;
        }

        boolean ranged() {
            return lowNs != null && highNs != null;
        }

        String pair() {
            return cpus == null ? "" : cpus;
        }

        Placement in(String otherClass) {
            return new Placement(when, roundTripNs, lowNs, highNs, cpus, otherClass);
        }
    }

    /** Counters of the strategy. */
    public record Guard(
        long retries, long fallbacks, long readerWaits, long gracePeriods, long deferredPeakBytes,
        long footprintBytes, @MayBeAbsent Contention contention, @MayBeAbsent List<Long> retriedReads) {
        /** Copies the list. */
        public Guard {
            retriedReads = retriedReads == null ? null : List.copyOf(retriedReads);
        }
    }

    /**
     * What became of threads that did not get a lock at once, and of those that gave such a lock back; whole run. Null
     * is what the lock does not show.
     */
    public record Contention(
        @MayBeAbsent Long contended, @MayBeAbsent Long spins, @MayBeAbsent Long yields, @MayBeAbsent Long steals,
        @MayBeAbsent Long handOffs, @MayBeAbsent Long sleeps, @MayBeAbsent Long wakeUps) {
    }

    /** Memory. */
    public record Footprint(long streamTableBytes, long guardBytes, long veventqBytes, long eventqBytes) {
    }

    /** Counts of the attach side, whole run. */
    public record AttachCounts(
        long replace, long detachAttach, long sameViommu, @MayBeAbsent Map<String, Long> operations, long syncs,
        long disruptive) {
        /** Copies the map, in its order. */
        public AttachCounts {
            operations = operations == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(operations));
        }
    }
}
