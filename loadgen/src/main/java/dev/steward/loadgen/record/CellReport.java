package dev.steward.loadgen.record;

import dev.steward.engine.smmu.ContentionCounters;
import dev.steward.engine.smmu.ContentionEvent;
import dev.steward.loadgen.disturb.Disturbance;
import dev.steward.loadgen.outlier.AttachTrace;
import dev.steward.loadgen.outlier.EventTrace;
import dev.steward.loadgen.outlier.Outliers;
import dev.steward.loadgen.outlier.Slowest;
import dev.steward.loadgen.outlier.Spans;
import dev.steward.loadgen.outlier.Surroundings;
import dev.steward.loadgen.workload.ChurnKind;
import dev.steward.results.CellRecord;
import dev.steward.results.OutlierRecord;
import dev.steward.results.Tags;
import dev.steward.results.ThreadRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * What the parts of a cell say of their run, added up: the figures of its record.
 *
 * <p>Threading: one thread, after all threads of the cell have ended.
 */
public final class CellReport {
    private static final double NS_PER_SECOND = 1e9;
    /** The lateness of each load. */
    private static final Map<String, String> SLIP = Map.of(
        "storm", Tags.SLIP_STORM, "churn", Tags.SLIP_CHURN, "invalidation", Tags.SLIP_INVALIDATE);

    private final Window window;
    private final Recorders recorders;
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final List<OracleCount> oracles = new ArrayList<>();
    private final Map<String, CellRecord.Rate> rates = new LinkedHashMap<>();
    private final Map<String, List<LoadProgress>> loads = new LinkedHashMap<>();
    private final Map<String, CellRecord.WindowCount> windows = new LinkedHashMap<>();
    private final Map<Integer, CellRecord.Guest> guests = new TreeMap<>();
    private final Map<String, Histogram> histograms = new LinkedHashMap<>();
    private final Map<ChurnKind, Long> operations = new EnumMap<>(ChurnKind.class);
    private final List<Handler> handlers = new ArrayList<>();
    private final List<Slowest> attachers = new ArrayList<>();
    private final Map<ContentionEvent, Long> contention = new EnumMap<>(ContentionEvent.class);
    private final Map<Disturbance, Long> disturbed = new EnumMap<>(Disturbance.class);
    private long[] retriedReads = new long[0];
    private Spans hiccups = Spans.NONE;
    private ThreadRuns threadRuns;
    private long activeFromNs;
    private long activeToNs;

    private record Handler(Slowest slowest, Spans graces, Spans commits) {
    }

    public CellReport(Window window, Recorders recorders) {
        this.window = window;
        this.recorders = recorders;
        activeFromNs = window.measureFromNs();
        activeToNs = window.measureToNs();
    }

    public void add(Count what, long count) {
        counts.merge(what, count, Long::sum);
    }

    public void add(OracleCount count) {
        oracles.add(count);
    }

    /** What the locks and readers of an SMMU counted; all of a cell have the same strategy. */
    public void add(ContentionCounters counters) {
        counters.events().forEach((event, times) -> contention.merge(event, times, Long::sum));
        long[] more = counters.retriedReads();
        retriedReads = Arrays.copyOf(retriedReads, more.length);
        Arrays.setAll(retriedReads, bucket -> retriedReads[bucket] + more[bucket]);
    }

    /** A thread was at work only then: what the cell measures is what all do together. */
    public void active(LoadProgress progress) {
        activeFromNs = Math.max(activeFromNs, progress.firstActiveNs());
        activeToNs = Math.min(activeToNs, progress.lastActiveNs());
    }

    /**
     * How a load of one SMMU kept its schedule; its threads were active, too.
     *
     * @param targetPerSecond asked for; NaN for a replay, which is asked for what its logs offer in the window.
     */
    public void rate(String load, double targetPerSecond, int each, List<LoadProgress> threads) {
        threads.forEach(this::active);
        loads.computeIfAbsent(load, none -> new ArrayList<>()).addAll(threads);
        long done = each * threads.stream().mapToLong(LoadProgress::done).sum();
        long scheduled = each * threads.stream().mapToLong(LoadProgress::scheduled).sum();
        double seconds = window.lengthNs() / NS_PER_SECOND;
        rates.merge(
            load,
            new CellRecord.Rate(
                load, Double.isNaN(targetPerSecond) ? scheduled / seconds : targetPerSecond, done / seconds,
                scheduled, done),
            (one, other) -> new CellRecord.Rate(
                load, one.targetPerSecond() + other.targetPerSecond(),
                one.achievedPerSecond() + other.achievedPerSecond(), one.scheduled() + other.scheduled(),
                one.done() + other.done()));
    }

    /**
     * How the arrivals of each load came, compared with its schedule. That is a draw of the law, so to compare with it
     * leaves nothing to chance: a generator that keeps it raises no alarm, however few arrivals there are.
     */
    public List<CellRecord.Arrivals> arrivals() {
        List<CellRecord.Arrivals> arrivals = new ArrayList<>();
        loads.forEach((load, threads) -> {
            long due = threads.stream().mapToLong(LoadProgress::due).sum();
            long missed = threads.stream().mapToLong(LoadProgress::missed).sum();
            arrivals.add(new CellRecord.Arrivals(load, due, missed,
                due == 0 ? 0 : (double) behind(SLIP.get(load), window.lengthNs() * threads.size() / due) / due));
        });
        return arrivals;
    }

    /** Arrivals that started later than a gap. */
    private long behind(String tag, long gapNs) {
        Histogram slip = recorders.sum(tag);
        return slip.getTotalCount() - slip.getCountBetweenValues(0, Math.min(gapNs, slip.getHighestTrackableValue()));
    }

    public void add(CellRecord.WindowCount count) {
        windows.merge(count.window(), count, (one, other) -> new CellRecord.WindowCount(
            one.window(), one.staleSameGuest() + other.staleSameGuest(), one.crossGuest() + other.crossGuest(),
            one.lost() + other.lost(), Math.max(one.oldestNs(), other.oldestNs()), one.meaning()));
    }

    /** What a guest got on one SMMU. */
    public void add(CellRecord.Guest guest) {
        guests.merge(guest.guest(), guest, (one, other) -> new CellRecord.Guest(
            one.guest(), one.offered() + other.offered(), one.delivered() + other.delivered(),
            one.lost() + other.lost(), one.lostAtRing() + other.lostAtRing(), one.merged() + other.merged(),
            one.refused() + other.refused()));
    }

    /** Values of a tag over the whole window, beside those of the recorders; the histogram stays the caller's. */
    public void add(String tag, AbstractHistogram values) {
        if (values.getTotalCount() > 0) {
            Histogram sum = histograms.computeIfAbsent(tag, any -> {
                Histogram empty = new Histogram(values);
                empty.setTag(tag);
                return empty;
            });
            sum.add(values);
        }
    }

    public void add(ChurnKind kind, long done) {
        operations.merge(kind, done, Long::sum);
    }

    /** The slowest events of a handler, and when attach threads of its SMMU held it up. */
    public void slowEvents(Slowest slowest, Spans graces, Spans commits) {
        handlers.add(new Handler(slowest, graces, commits));
    }

    public void slowAttaches(Slowest slowest) {
        attachers.add(slowest);
    }

    /** When a thread that wants nothing did not run. */
    public void hiccups(Spans spans) {
        hiccups = spans;
    }

    /** How often its threads were disturbed on purpose. */
    public void disturbed(Map<Disturbance, Long> times) {
        disturbed.putAll(times);
    }

    /** How often its threads were disturbed on purpose, by what was done; empty if they were not. */
    public Map<Disturbance, Long> disturbed() {
        return disturbed;
    }

    /** How its threads ran. */
    public void threadRuns(ThreadRuns runs) {
        threadRuns = runs;
    }

    /** How its threads ran; null if nobody watched. */
    public ThreadRuns threadRuns() {
        return threadRuns;
    }

    private long of(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Where every generated event went; the balance is what cannot be accounted for. */
    public CellRecord.Ledger ledger() {
        long accounted = EnumSet.range(Count.DELIVERED, Count.STILL_QUEUED).stream().mapToLong(this::of).sum();
        return new CellRecord.Ledger(
            of(Count.GENERATED), of(Count.DELIVERED), of(Count.LOST_AT_RING), of(Count.LOST_IN_VEVENTQ),
            of(Count.UNATTACHED), of(Count.UNKNOWN_STREAM), of(Count.NOT_FORWARDED), of(Count.STALLS_QUEUED),
            of(Count.STALLS_ABORTED), of(Count.MISREPORTED), of(Count.MERGED), of(Count.DISCARDED),
            of(Count.STILL_QUEUED), of(Count.GENERATED) - accounted);
    }

    /** Every oracle, conservation of the events included. */
    public List<CellRecord.Oracle> oracles() {
        OracleCount conservation = new OracleCount(Oracle.CONSERVATION);
        conservation.checked();
        if (ledger().balance() != 0) {
            conservation.violated(window.measureToNs());
        }
        List<OracleCount> all = new ArrayList<>(oracles);
        all.add(conservation);
        List<CellRecord.Oracle> results = new ArrayList<>();
        for (Oracle oracle : Oracle.values()) {
            results.add(sum(oracle, all.stream().filter(count -> count.oracle() == oracle).toList()));
        }
        return results;
    }

    private CellRecord.Oracle sum(Oracle oracle, List<OracleCount> same) {
        long first = same.stream().mapToLong(OracleCount::firstAtNs).min().orElse(OracleCount.NEVER);
        return new CellRecord.Oracle(
            oracle.label(),
            same.stream().mapToLong(OracleCount::violations).sum(),
            same.stream().mapToLong(OracleCount::checks).sum(),
            first == OracleCount.NEVER ? null : Math.max(0, (first - window.startNs()) / 1_000_000),
            oracle.meaning());
    }

    public List<CellRecord.Rate> rates() {
        return List.copyOf(rates.values());
    }

    /** Share of the measured window in which every load thread was running. */
    public double threadOverlap() {
        return Math.max(0, (double) (activeToNs - activeFromNs) / window.lengthNs());
    }

    /** Where the events went, compared with their causes. */
    public CellRecord.Deliveries deliveries() {
        return new CellRecord.Deliveries(
            of(Count.DELIVERED_RIGHT), of(Count.DELIVERED_UNPROVOKED), List.copyOf(windows.values()));
    }

    /** What became of the stalled faults. */
    public CellRecord.Stalls stalls() {
        return new CellRecord.Stalls(
            of(Count.STALLS_QUEUED), of(Count.STALLS_ANSWERED), of(Count.STALLS_ANSWERED_AUTOMATICALLY),
            of(Count.STALLS_ANSWERED_TOO_LATE), of(Count.STALLS_ABORTED), of(Count.STALLS_REFUSED),
            of(Count.STALLS_THROUGH_FREED_HANDLE));
    }

    /** What the driver printed. */
    public CellRecord.Prints prints() {
        return new CellRecord.Prints(
            of(Count.PRINTED), of(Count.PRINTS_SUPPRESSED), of(Count.OVERFLOWS_PRINTED));
    }

    /** Figures of each guest over all SMMUs; empty if there are too many guests. */
    public List<CellRecord.Guest> guests() {
        return List.copyOf(guests.values());
    }

    /** What was added by tag, each with its tag. */
    public List<Histogram> histograms() {
        return List.copyOf(histograms.values());
    }

    /** Each handler and each attach thread, for how evenly they were served. */
    public List<CellRecord.ThreadShare> threads() {
        List<CellRecord.ThreadShare> threads = new ArrayList<>(recorders.shares("handler", Tags.EVENT_ENQUEUE));
        threads.addAll(recorders.shares("attach", Tags.ATTACH));
        return threads;
    }

    public CellRecord.Guard guard() {
        return new CellRecord.Guard(
            of(Count.RETRIES), of(Count.FALLBACKS), of(Count.READER_WAITS), of(Count.GRACE_PERIODS),
            of(Count.DEFERRED_PEAK_BYTES), of(Count.GUARD_BYTES),
            new CellRecord.Contention(
                contention.get(ContentionEvent.CONTENDED), contention.get(ContentionEvent.SPIN),
                contention.get(ContentionEvent.YIELD), contention.get(ContentionEvent.STEAL),
                contention.get(ContentionEvent.HAND_OFF), contention.get(ContentionEvent.SLEEP),
                contention.get(ContentionEvent.WAKE_UP)),
            retriedReads.length == 0 ? null : LongStream.of(retriedReads).boxed().toList());
    }

    public CellRecord.Footprint footprint() {
        return new CellRecord.Footprint(
            of(Count.STREAM_TABLE_BYTES), of(Count.GUARD_BYTES), of(Count.VEVENTQ_BYTES), of(Count.EVENTQ_BYTES));
    }

    /** Operations of the attach side, of each kind that was carried out. */
    public CellRecord.AttachCounts attach() {
        Map<String, Long> done = new LinkedHashMap<>();
        operations.forEach((kind, times) -> {
            if (times > 0) {
                done.put(kind.label(), times);
            }
        });
        return new CellRecord.AttachCounts(
            operations.getOrDefault(ChurnKind.REPLACE, 0L), operations.getOrDefault(ChurnKind.DETACH_ATTACH, 0L),
            operations.getOrDefault(ChurnKind.SAME_VIOMMU, 0L), done, of(Count.STE_SYNCS), of(Count.DISRUPTIVE));
    }

    /** What the guests invalidated; null without such a load. */
    public CellRecord.Invalidations invalidations() {
        return !counts.containsKey(Count.INVALIDATIONS) ? null : new CellRecord.Invalidations(
            of(Count.INVALIDATIONS), of(Count.INVALIDATION_MISSES), of(Count.INVALIDATION_SYNCS));
    }

    /** Allocations that were made to fail; null if none was to. */
    public Long injectedFailures() {
        return counts.get(Count.INJECTED_FAILURES);
    }

    /** Why the slowest were slow; the pauses of the JVM are empty if they are not known. */
    public OutlierRecord outliers(Optional<Spans> pauses, boolean ring) {
        Spans paused = pauses.orElse(Spans.NONE);
        Spans inWindow = Spans.of(window.measureFromNs(), window.measureToNs());
        Surroundings beside = new Surroundings(paused, hiccups, Spans.NONE, Spans.NONE);
        return new OutlierRecord(
            pauses.isPresent(),
            paused.touching(inWindow),
            hiccups.touching(inWindow),
            Outliers.events(
                handlers.stream().map(handler -> new Outliers.OfThread(
                    handler.slowest,
                    new Surroundings(paused, hiccups, handler.graces, handler.commits))).toList(),
                ring,
                new EventTrace.Usual(
                    recorders.medianNs(Tags.SLIP_STORM),
                    recorders.medianNs(Tags.STAGE_RING),
                    recorders.medianNs(Tags.STAGE_WAIT) + recorders.medianNs(Tags.STAGE_LOOK_UP),
                    recorders.medianNs(Tags.STAGE_SECTION),
                    recorders.medianNs(Tags.STAGE_ENQUEUE))),
            Outliers.attaches(
                attachers.stream().map(slowest -> new Outliers.OfThread(slowest, beside)).toList(),
                new AttachTrace.Usual(
                    recorders.medianNs(Tags.SLIP_CHURN), recorders.medianNs(Tags.ATTACH_COMMIT),
                    recorders.medianNs(Tags.GRACE), recorders.medianNs(Tags.ATTACH_RAW))));
    }
}
