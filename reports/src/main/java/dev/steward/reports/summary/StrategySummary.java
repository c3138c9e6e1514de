package dev.steward.reports.summary;

import dev.steward.results.CellResult;
import dev.steward.results.CellHistograms;
import dev.steward.results.CellRecord;
import dev.steward.results.Distribution;
import dev.steward.results.OutlierRecord;
import dev.steward.results.RunManifest.StrategyInfo;
import dev.steward.results.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * One strategy on one path over all its repeats. Figures come from the valid cells alone; only {@link #oracles},
 * {@link #deliveries} and {@link #stalls} count every finished one. For a strategy that is not ranked they also come
 * from cells whose oracles were violated: the floor of the cost is wrong by its nature and must still be seen. Each
 * figure is computed when it is asked for; what takes long is kept. Safe for use by several threads.
 */
public final class StrategySummary {
    /** Far above a slice of any scheduler: such an attach did not wait for a processor alone. */
    private static final long STARVED_NS = 100_000_000;

    private final String path;
    private final StrategyInfo info;
    private final int planned;
    private final List<CellResult> finished;
    private final List<CellResult> counted;
    private final Map<String, Distribution> merged = new ConcurrentHashMap<>();
    private final Map<String, Latency> latencies = new ConcurrentHashMap<>();
    private final Map<String, LatencyIntervals> intervals = new ConcurrentHashMap<>();
    private volatile List<GuestTotals> guests;

    StrategySummary(String path, StrategyInfo info, int planned, List<CellResult> finished) {
        this.path = path;
        this.info = info;
        this.planned = planned;
        this.finished = List.copyOf(finished);
        this.counted = finished.stream().filter(info.ranked() ? CellResult::valid : CellResult::keptSchedule).toList();
    }

    /** {@return the path that it was measured on} */
    public String path() {
        return path;
    }

    /** {@return which strategy} */
    public StrategyInfo info() {
        return info;
    }

    /** {@return number of cells planned} */
    public int planned() {
        return planned;
    }

    /** {@return number of valid cells; for a ranked strategy all figures rest on these} */
    public int valid() {
        return (int) finished.stream().filter(CellResult::valid).count();
    }

    /** {@return number of cells that its figures rest on: those of a floor may have broken promises} */
    public int counted() {
        return counted.size();
    }

    /** {@return the longest attach of all cells in nanoseconds if it took so long that it starved; otherwise 0} */
    public long starvedNs() {
        long longest = of(Tags.ATTACH_RAW).maxNs();
        return longest >= STARVED_NS ? longest : 0;
    }

    /** {@return rate of events, null if there was no such load} */
    public LoadRate storm() {
        return LoadRate.of(counted, LoadRate.STORM);
    }

    /** {@return rate of attach operations, null if there was no such load} */
    public LoadRate churn() {
        return LoadRate.of(counted, LoadRate.CHURN);
    }

    /** {@return rate of invalidation commands, null if there was no such load} */
    public LoadRate invalidation() {
        return LoadRate.of(counted, LoadRate.INVALIDATION);
    }

    /** {@return counts of invalidations, null if there was no such load} */
    public CellRecord.Invalidations invalidations() {
        return counted.stream().map(cell -> cell.json().invalidations()).filter(Objects::nonNull)
            .reduce(CellRecord.Invalidations::plus).orElse(null);
    }

    /** {@return tags of which something was recorded in any repeat} */
    public Set<String> tags() {
        return counted.stream().flatMap(cell -> cell.histograms().tags().stream()).collect(Collectors.toSet());
    }

    /** {@return raw data of each repeat that counts} */
    public List<CellHistograms> perRepeat() {
        return counted.stream().map(CellResult::histograms).toList();
    }

    /** {@return where the time of an event goes} */
    public StageShares stages() {
        return StageShares.of(this::of);
    }

    /** {@return the same of each repeat that counts and has sampled events, by its number} */
    Map<Integer, StageShares> stagesByRepeat() {
        Map<Integer, StageShares> byRepeat = new TreeMap<>();
        for (CellResult cell : counted) {
            StageShares stages = StageShares.of(cell.histograms()::of);
            if (stages.guardNs() > 0) {
                byRepeat.put(cell.json().repeat(), stages);
            }
        }
        return byRepeat;
    }

    /** {@return correctness} */
    public List<OracleTotal> oracles() {
        return OracleTotal.of(finished);
    }

    /** {@return how the arrivals of a load came: over all cells; null if no cell tells} */
    public CellRecord.Arrivals arrivals(String load) {
        return counted.stream().map(cell -> cell.json().arrivals()).filter(Objects::nonNull).flatMap(List::stream)
            .filter(one -> one.load().equals(load)).reduce(CellRecord.Arrivals::plus).orElse(null);
    }

    /** {@return sums, null without a cell to count} */
    public Totals totals() {
        return Totals.of(counted);
    }

    /** {@return how well its cells could measure} */
    public CellQuality quality() {
        return CellQuality.of(counted);
    }

    /** {@return where events went, null if no cell tells} */
    public DeliveryTotals deliveries() {
        return DeliveryTotals.of(finished);
    }

    /** {@return what became of stalled faults, null if no cell tells} */
    public CellRecord.Stalls stalls() {
        return finished.stream().map(cell -> cell.json().stalls()).filter(Objects::nonNull)
            .reduce(CellRecord.Stalls::plus).orElse(null);
    }

    /** {@return figures of each guest, empty if no cell tells} */
    public List<GuestTotals> guests() {
        if (guests == null) {
            guests = List.copyOf(GuestTotals.of(counted));
        }
        return guests;
    }

    /** {@return what the slowest events waited for} */
    public OutlierTotals slowEvents() {
        return OutlierTotals.of(counted, OutlierRecord::events);
    }

    /** {@return what the slowest attach operations waited for} */
    public OutlierTotals slowAttaches() {
        return OutlierTotals.of(counted, OutlierRecord::attaches);
    }

    /** {@return how evenly guests were served} */
    public Fairness guestFairness() {
        return Fairness.ofGuests(guests());
    }

    /** {@return how evenly handlers were} */
    public Fairness handlerFairness() {
        return Fairness.ofThreads(counted, "handler");
    }

    /** {@return how evenly attach threads were} */
    public Fairness attachFairness() {
        return Fairness.ofThreads(counted, "attach");
    }

    /** {@return what each handler did in a second} */
    public ThreadRates handlerRates() {
        return ThreadRates.of(counted, "handler");
    }

    /** {@return what each attach thread did in a second} */
    public ThreadRates attachRates() {
        return ThreadRates.of(counted, "attach");
    }

    /** {@return latency of the events by placement class of the cell} */
    public Map<String, Latency> eventsByPlacement() {
        Map<String, Latency> events = new HashMap<>();
        counted.stream().collect(Collectors.groupingBy(cell -> cell.json().placementClass()))
            .forEach((placement, cells) -> events.put(placement, Latency.of(
                merged(cells, Tags.EVENT_ENQUEUE), merged(cells, Tags.latenessOf(Tags.EVENT_ENQUEUE)))));
        return events;
    }

    private static Distribution merged(List<CellResult> cells, String tag) {
        return Distribution.merge(cells.stream().map(cell -> cell.histograms().of(tag)).toList());
    }

    /** Intervals of the percentiles, from the scatter of the repeats. */
    public LatencyIntervals intervals(String tag) {
        return intervals.computeIfAbsent(tag, any -> LatencyIntervals.of(repeats(any)));
    }

    private List<Distribution> repeats(String tag) {
        return counted.stream().map(cell -> cell.histograms().of(tag)).toList();
    }

    /** {@return all repeats of a tag added up, empty if it was not recorded} */
    public Distribution of(String tag) {
        return merged.computeIfAbsent(tag, any -> Distribution.merge(repeats(any)));
    }

    /** Figures of a tag. */
    public Latency latency(String tag) {
        return latencies.computeIfAbsent(tag, any -> Latency.of(of(any), latenessOf(any)));
    }

    /** A percentile of a tag, 0 to below 1. */
    public Quantile quantile(String tag, double quantile) {
        return Quantile.of(of(tag), latenessOf(tag), quantile);
    }

    private Distribution latenessOf(String tag) {
        String lateness = Tags.latenessOf(tag);
        return lateness == null ? Distribution.EMPTY : of(lateness);
    }

    /** Range of a percentile, 0 to below 1, over the repeats. */
    public RepeatRange range(String tag, double quantile) {
        return RepeatRange.of(repeats(tag), quantile);
    }

    /** The p99 of one of {@link Tags#OVER_TIME} over the measured window. */
    public TimeSeries overTime(String tag) {
        return TimeSeries.of(counted.stream()
            .map(cell -> cell.histograms().slices().getOrDefault(tag, List.of())).toList());
    }
}
