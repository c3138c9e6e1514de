package dev.steward.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code cells/<cell-id>.json} says about one finished cell. Immutable.
 *
 * @param format         always {@code steward-cell}
 * @param version        of the format
 * @param id             of the cell
 * @param strategy       name
 * @param path           {@code ring} or {@code inline}
 * @param repeat         number of the repeat
 * @param seed           derived seed of this repeat, the same for all strategies
 * @param status         OK or INVALID
 * @param reasons        why it is INVALID
 * @param startedAt      ISO-8601 UTC
 * @param startupMs      JVM start to first arrival
 * @param warmupMs       warm-up
 * @param measuredMs     measured window
 * @param waiting        how each thread waits
 * @param arrivalsDigest hash over the scheduled arrivals: equal seed, equal digest
 * @param rates          one per load
 * @param ledger         where every event went, whole run
 * @param oracles        correctness checks
 * @param deliveries     where events went, compared with the entries that caused them; null in older files
 * @param stalls         what became of stalled faults; null in older files
 * @param guests         events of each guest's devices, measured window; empty for too many guests, null in older files
 * @param threads        handlers and attach threads in the measured window; null in older files
 * @param threadOverlap  share (0 to 1) of the window in which all load threads ran
 * @param stealShare     share (0 to 1) of CPU time the host took away, null where not readable
 * @param placement      cache-line round trips between the run's CPUs
 * @param guard          counters of the strategy
 * @param footprint      memory
 * @param attach         counts of the attach side, whole run
 * @param invalidations  what guests invalidated, whole run; null without such a load
 * @param sampleEvery    one event in so many carries the stage clock reads
 * @param saturated      values above the range of the histograms, counted at its upper end
 * @param outliers       why the slowest were slow; null in older files
 */
public record CellRecord(
    String format, int version, String id, String strategy, String path, int repeat, long seed, Status status,
    List<Reason> reasons, String startedAt, long startupMs, long warmupMs, long measuredMs, List<Waiting> waiting,
    String arrivalsDigest, List<Rate> rates, Ledger ledger, List<Oracle> oracles,
    @MayBeAbsent Deliveries deliveries, @MayBeAbsent Stalls stalls, @MayBeAbsent List<Guest> guests,
    @MayBeAbsent List<ThreadShare> threads,
    double threadOverlap,
    @JsonInclude @MayBeAbsent Double stealShare, List<Placement> placement, Guard guard, Footprint footprint,
    AttachCounts attach, @MayBeAbsent Invalidations invalidations, long sampleEvery, long saturated,
    @MayBeAbsent OutlierRecord outliers) {
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
    }

    /**
     * Reads one.
     *
     * @param file to read
     * @return the cell
     * @throws IOException with a one-line reason, without the file's name
     */
    public static CellRecord read(Path file) throws IOException {
        return JsonFile.read(file, FORMAT, VERSION, CellRecord.class);
    }

    /**
     * How far apart the CPUs of the cell were: cells of different classes are never compared.
     *
     * @return {@code near}, {@code far}, {@link #MIXED} if its probes differ, {@link #UNKNOWN} without a probe
     */
    public String placementClass() {
        List<String> classes = placement.stream().map(Placement::placementClass).distinct().toList();
        if (classes.isEmpty()) {
            return UNKNOWN;
        }
        return classes.size() == 1 ? classes.get(0) : MIXED;
    }

    /**
     * The same cell under another name, among the cells of other folders.
     *
     * @param otherId     of it
     * @param otherRepeat number of the repeat there
     * @return a copy
     */
    public CellRecord renamed(String otherId, int otherRepeat) {
        return JsonFile.changed(this, CellRecord.class, Map.of("id", otherId, "repeat", otherRepeat));
    }

    /**
     * One thread in the measured window.
     *
     * @param role       {@code handler} or {@code attach}
     * @param index      among those of its role
     * @param operations events or attach operations
     * @param meanNs     mean latency from the intended arrival, in nanoseconds
     * @param maxNs      largest, in nanoseconds
     */
    public record ThreadShare(String role, int index, long operations, double meanNs, long maxNs) {
    }

    /** Whether a finished cell may be believed. */
    public enum Status {
        /** Valid. */
        @JsonProperty("ok") OK,
        /** Kept and shown, excluded from every merged figure. */
        @JsonProperty("invalid") INVALID
    }

    /**
     * How a thread waits.
     *
     * @param thread name
     * @param manner in words, as a reader should see it
     */
    public record Waiting(String thread, @JsonProperty("wait") String manner) {
    }

    /**
     * Rate of one load in the measured window.
     *
     * @param load              {@code storm}, {@code churn} or {@code invalidation}
     * @param targetPerSecond   asked
     * @param achievedPerSecond reached
     * @param scheduled         arrivals the schedule had
     * @param done              arrivals carried out
     */
    public record Rate(String load, double targetPerSecond, double achievedPerSecond, long scheduled, long done) {
    }

    /**
     * Where every event went, exact counts of the whole run.
     *
     * @param generated     by the storm
     * @param delivered     read by the VMM
     * @param lostAtRing    event queue full
     * @param lostInVeventq vEVENTQ full
     * @param unattached    stream known, nothing attached
     * @param unknownStream no such stream
     * @param notForwarded  id or stage 2: not for the guest
     * @param stallQueued   stalled, into a fault queue, null in older files
     * @param stallAborted  stalled without a fault queue, answered by RESUME abort
     * @param misreported   to a destroyed vIOMMU, or to one without a vEVENTQ
     * @param merged        into a record that was still in the event queue, null in older files
     * @param discardedAtDestroy gone with the vEVENTQ they were queued in, null in older files
     * @param stillQueued   left at the end
     * @param balance       generated minus all others; 0 when conserved
     */
    public record Ledger(
        long generated, long delivered, long lostAtRing, long lostInVeventq, long unattached, long unknownStream,
        long notForwarded, @MayBeAbsent Long stallQueued, long stallAborted, long misreported,
        @MayBeAbsent Long merged, @MayBeAbsent Long discardedAtDestroy, long stillQueued, long balance) {
    }

    /**
     * What became of stalled faults, whole run.
     *
     * @param queued                 into a fault queue
     * @param answered               by the VMM: the transaction tries again
     * @param answeredAutomatically  aborted since the attachment they came through ended
     * @param answeredTooLate        answers of the VMM to such
     * @param aborted                at once, nothing took them
     * @param refused                waited in the device, of which there is no event; null in older files
     */
    public record Stalls(
        long queued, long answered, long answeredAutomatically, long answeredTooLate, long aborted,
        @MayBeAbsent Long refused) {

        /**
         * Adds up two cells.
         *
         * @param other figures of the other
         * @return the sums
         */
        public Stalls plus(Stalls other) {
            return new Stalls(queued + other.queued, answered + other.answered,
                answeredAutomatically + other.answeredAutomatically, answeredTooLate + other.answeredTooLate,
                aborted + other.aborted, sum(refused, other.refused));
        }

        private static Long sum(Long one, Long other) {
            return one == null || other == null ? null : Long.valueOf(one + other);
        }
    }

    /**
     * What guests invalidated, whole run.
     *
     * @param commands issued
     * @param misses   answered with -EIO: the vDEVICE was away
     * @param syncs    one for each batch that was not all misses
     */
    public record Invalidations(long commands, long misses, long syncs) {
        /**
         * Adds up two cells.
         *
         * @param other figures of the other
         * @return the sums
         */
        public Invalidations plus(Invalidations other) {
            return new Invalidations(commands + other.commands, misses + other.misses, syncs + other.syncs);
        }
    }

    /**
     * One correctness check.
     *
     * @param name       identifier
     * @param violations found
     * @param checks     made
     * @param firstAtMs  first violation after the start of the storm, null without one
     * @param meaning    of a violation, in words
     */
    public record Oracle(String name, long violations, long checks, @MayBeAbsent Long firstAtMs, String meaning) {
    }

    /**
     * Where events went, compared with the stream table entry that caused them; whole run.
     *
     * @param right      went where their cause says
     * @param unprovoked no nested entry caused them: a blocked device, whose load goes on in the model
     * @param windows    the others
     */
    public record Deliveries(long right, long unprovoked, List<WindowCount> windows) {
        /** Copies the list. */
        public Deliveries {
            windows = List.copyOf(windows);
        }
    }

    /**
     * Events of one window in which they do not go where their cause says.
     *
     * @param window         W1 to W8, or OPS
     * @param staleSameGuest to another vIOMMU, or with an old virtual id, of the same guest
     * @param crossGuest     to the vIOMMU of another guest
     * @param lost           to nobody: a driver prints them
     * @param oldestNs       longest time between an event and its handling
     * @param meaning        of the window, in words
     */
    public record WindowCount(
        String window, long staleSameGuest, long crossGuest, long lost, long oldestNs, String meaning) {
    }

    /**
     * Events of the devices that are at home with one guest.
     *
     * @param guest     number
     * @param offered   by the storm
     * @param delivered into a vEVENTQ
     * @param lost      met a full vEVENTQ
     * @param lostAtRing met a full event queue, null in older files
     * @param merged    into a record that was still in the event queue, null in older files
     * @param refused   stalls beyond what the SMMU holds, of which there is no event, null in older files
     */
    public record Guest(
        int guest, long offered, long delivered, long lost,
        @MayBeAbsent Long lostAtRing, @MayBeAbsent Long merged, @MayBeAbsent Long refused) {
    }

    /**
     * One reading of the placement probe.
     *
     * @param when           {@code before} or {@code after} the cell
     * @param roundTripNs    of a cache line between two CPUs of the run
     * @param placementClass {@code near}, {@code far}, {@code mixed} or {@code unknown}
     */
    public record Placement(String when, double roundTripNs, @JsonProperty("class") String placementClass) {
    }

    /**
     * Counters of the strategy.
     *
     * @param retries        reads repeated
     * @param fallbacks      reads that gave up optimism
     * @param readerWaits    commits that waited for a report on their stream
     * @param gracePeriods   waited for
     * @param deferredPeakBytes most memory that waited for its readers at any one time
     * @param footprintBytes of the guard itself
     */
    public record Guard(
        long retries, long fallbacks, long readerWaits, long gracePeriods, long deferredPeakBytes,
        long footprintBytes) {
    }

    /**
     * Memory.
     *
     * @param streamTableBytes stream table
     * @param guardBytes       locks and reader state
     * @param veventqBytes     all vEVENTQs
     * @param eventqBytes      event queue of the SMMU
     */
    public record Footprint(long streamTableBytes, long guardBytes, long veventqBytes, long eventqBytes) {
    }

    /**
     * Counts of the attach side, whole run.
     *
     * @param replace      operations that replaced a nested domain
     * @param detachAttach operations through a detach
     * @param sameViommu   operations that stayed at the same vIOMMU
     * @param operations   count of each kind that was carried out, null in older files
     * @param syncs        CFGI_STE with CMD_SYNC
     * @param disruptive   STE writes through V = 0
     */
    public record AttachCounts(
        long replace, long detachAttach, long sameViommu, @MayBeAbsent Map<String, Long> operations, long syncs,
        long disruptive) {
        /** Copies the map, in its order. */
        public AttachCounts {
            operations = operations == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(operations));
        }
    }
}
