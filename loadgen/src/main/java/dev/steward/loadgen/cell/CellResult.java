package dev.steward.loadgen.cell;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.steward.loadgen.guest.Guest;
import dev.steward.loadgen.outlier.OutlierSet;
import java.util.List;
import java.util.Map;

/**
 * The figures of one cell beside its histograms, as {@code docs/results-format.md} lays them out; the component names
 * are the field names there.
 */
record CellResult(
    String format,
    int version,
    String id,
    String strategy,
    String path,
    int repeat,
    long seed,
    String status,
    List<String> reasons,
    String startedAt,
    long startupMs,
    long warmupMs,
    long measuredMs,
    List<Waiting> waiting,
    String arrivalsDigest,
    List<Rate> rates,
    Ledger ledger,
    List<OracleResult> oracles,
    Deliveries deliveries,
    Stalls stalls,
    List<Guest> guests,
    List<ThreadShare> threads,
    double threadOverlap,
    Double stealShare,
    List<Placement> placement,
    Guard guard,
    Footprint footprint,
    Attach attach,
    @JsonInclude(JsonInclude.Include.NON_NULL) Invalidations invalidations,
    int sampleEvery,
    long saturated,
    Outliers outliers) {
    /** How a thread waits. */
    record Waiting(String thread, @JsonProperty("wait") String how) {
    }

    /** What one thread did in the measured window: events of a handler, operations of an attach thread. */
    record ThreadShare(String role, int index, long operations, double meanNs, long maxNs) {
    }

    /** How a load kept its schedule. */
    record Rate(String load, double targetPerSecond, double achievedPerSecond, long scheduled, long done) {
    }

    /** Where every generated event went. */
    record Ledger(
        long generated,
        long delivered,
        long lostAtRing,
        long lostInVeventq,
        long unattached,
        long unknownStream,
        long notForwarded,
        long stallQueued,
        long stallAborted,
        long misreported,
        long merged,
        long discardedAtDestroy,
        long stillQueued,
        long balance) {
    }

    /** What an oracle saw. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OracleResult(String name, long violations, long checks, Long firstAtMs, String meaning) {
    }

    /** Where events went, compared with the entries that caused them. */
    record Deliveries(long right, long unprovoked, List<WindowCount> windows) {
    }

    /** One window of the domain reference, 5.4. */
    record WindowCount(
        String window, long staleSameGuest, long crossGuest, long lost, long oldestNs, String meaning) {
    }

    /** What became of the stalled faults. */
    record Stalls(
        long queued, long answered, long answeredAutomatically, long answeredTooLate, long aborted, long refused) {
    }

    /** Events of the devices of one guest in the measured window; its latencies stand in the interval log. */
    record Guest(
        int guest, long offered, long delivered, long lost, long lostAtRing, long merged, long refused) {
    }

    /** One placement probe. */
    record Placement(String when, double roundTripNs, @JsonProperty("class") String placement) {
    }

    /** What the guard had to do. */
    record Guard(
        long retries,
        long fallbacks,
        long readerWaits,
        long gracePeriods,
        long deferredPeakBytes,
        long footprintBytes) {
    }

    /** Memory. */
    record Footprint(long streamTableBytes, long guardBytes, long veventqBytes, long eventqBytes) {
    }

    /** What guests invalidated, whole run: commands, those answered with -EIO, and SYNCs. */
    record Invalidations(long commands, long misses, long syncs) {
    }

    /** Why the slowest were slow, and what was seen beside them in the window. */
    record Outliers(boolean pausesLogged, long pauses, long hiccups, OutlierSet events, OutlierSet attaches) {
    }

    /** What the attach side did. */
    record Attach(
        long replace, long detachAttach, long sameViommu, Map<String, Long> operations, long syncs, long disruptive) {
    }
}
