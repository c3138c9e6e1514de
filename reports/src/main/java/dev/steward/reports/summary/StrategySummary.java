package dev.steward.reports.summary;

import dev.steward.reports.folder.Cell;
import dev.steward.reports.folder.CellHistograms;
import dev.steward.reports.folder.Distribution;
import dev.steward.results.CellRecord;
import dev.steward.results.OutlierRecord;
import dev.steward.results.RunManifest.StrategyInfo;
import dev.steward.results.Tags;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One strategy on one path over all its repeats. Figures come from the valid cells alone; only {@link #oracles} counts
 * every finished one. For a strategy that is not ranked they also come from cells whose oracles were violated: the
 * floor of the cost is wrong by its nature and must still be seen. Immutable.
 *
 * @param info      which strategy
 * @param planned   number of cells planned
 * @param valid     number of valid cells; for a ranked strategy all figures rest on these
 * @param storm     rate of events, null if there was no such load
 * @param churn     rate of attach operations, null if there was no such load
 * @param invalidation  rate of invalidation commands, null if there was no such load
 * @param invalidations their counts, null if there was no such load
 * @param merged    distribution by tag, all repeats added up
 * @param perRepeat raw data of each valid repeat
 * @param stages    where the time of an event goes
 * @param oracles   correctness
 * @param totals    sums, null without a cell to count
 * @param quality   of the cells
 * @param deliveries where events went, null if no cell tells
 * @param stalls    what became of stalled faults, null if no cell tells
 * @param guests    figures of each guest, empty if no cell tells
 * @param slowEvents        what the slowest events waited for
 * @param slowAttaches      what the slowest attach operations waited for
 * @param guestFairness     how evenly guests were served
 * @param handlerFairness   how evenly handlers were
 * @param attachFairness    how evenly attach threads were
 * @param eventsByPlacement distribution of the events by placement class of the cell
 * @param intervals         of the percentiles by tag, for {@link CellHistograms#SLICED} tags only
 */
public record StrategySummary(
    StrategyInfo info, int planned, int valid, LoadRate storm, LoadRate churn, LoadRate invalidation,
    CellRecord.Invalidations invalidations, Map<String, Distribution> merged,
    List<CellHistograms> perRepeat, StageShares stages, List<OracleTotal> oracles, Totals totals,
    CellQuality quality, DeliveryTotals deliveries, CellRecord.Stalls stalls, List<GuestTotals> guests,
    OutlierTotals slowEvents, OutlierTotals slowAttaches, Fairness guestFairness, Fairness handlerFairness,
    Fairness attachFairness, Map<String, Distribution> eventsByPlacement,
    Map<String, LatencyIntervals> intervals) {

    /** Copies the collections. */
    public StrategySummary {
        merged = Map.copyOf(merged);
        perRepeat = List.copyOf(perRepeat);
        oracles = List.copyOf(oracles);
        guests = List.copyOf(guests);
        intervals = Map.copyOf(intervals);
        eventsByPlacement = Map.copyOf(eventsByPlacement);
    }

    static StrategySummary of(StrategyInfo info, int planned, Collection<Cell> finished) {
        long valid = finished.stream().filter(Cell::valid).count();
        List<Cell> counted = finished.stream()
            .filter(info.ranked() ? Cell::valid : Cell::keptSchedule).toList();
        List<CellHistograms> perRepeat = counted.stream().map(Cell::histograms).toList();
        Map<String, Distribution> merged = mergedByTag(perRepeat);
        return new StrategySummary(info, planned, (int) valid, LoadRate.of(counted, LoadRate.STORM),
            LoadRate.of(counted, LoadRate.CHURN), LoadRate.of(counted, LoadRate.INVALIDATION),
            invalidationsOf(counted), merged, perRepeat,
            StageShares.of(tag -> merged.getOrDefault(tag, Distribution.EMPTY)), OracleTotal.of(finished),
            Totals.of(counted), CellQuality.of(counted), DeliveryTotals.of(finished), stallsOf(finished),
            GuestTotals.of(counted),
            OutlierTotals.of(counted, OutlierRecord::events), OutlierTotals.of(counted, OutlierRecord::attaches),
            Fairness.ofGuests(GuestTotals.of(counted)), Fairness.ofThreads(counted, "handler"),
            Fairness.ofThreads(counted, "attach"), eventsByPlacement(counted), intervals(perRepeat));
    }

    private static Map<String, LatencyIntervals> intervals(List<CellHistograms> perRepeat) {
        return CellHistograms.SLICED.stream().collect(Collectors.toMap(Function.identity(),
            tag -> LatencyIntervals.of(perRepeat.stream().map(repeat -> repeat.of(tag)).toList())));
    }

    private static CellRecord.Stalls stallsOf(Collection<Cell> cells) {
        return cells.stream().map(cell -> cell.json().stalls()).filter(Objects::nonNull)
            .reduce(CellRecord.Stalls::plus).orElse(null);
    }

    private static CellRecord.Invalidations invalidationsOf(Collection<Cell> cells) {
        return cells.stream().map(cell -> cell.json().invalidations()).filter(Objects::nonNull)
            .reduce(CellRecord.Invalidations::plus).orElse(null);
    }

    private static Map<String, Distribution> eventsByPlacement(Collection<Cell> cells) {
        Map<String, Distribution> events = new HashMap<>();
        cells.forEach(cell -> events.merge(cell.json().placementClass(),
            cell.histograms().of(Tags.EVENT_ENQUEUE), (one, other) -> Distribution.merge(List.of(one, other))));
        return events;
    }

    private static Map<String, Distribution> mergedByTag(List<CellHistograms> perRepeat) {
        Map<String, Distribution> merged = new HashMap<>();
        perRepeat.stream().flatMap(repeat -> repeat.tags().stream()).distinct().forEach(tag ->
            merged.put(tag, Distribution.merge(perRepeat.stream().map(repeat -> repeat.of(tag)).toList())));
        return merged;
    }

    /**
     * All repeats of a tag added up.
     *
     * @param tag of the log
     * @return its distribution, empty if it was not recorded
     */
    public Distribution of(String tag) {
        return merged.getOrDefault(tag, Distribution.EMPTY);
    }

    /**
     * Figures of a tag.
     *
     * @param tag of the log
     * @return figures over all repeats added up
     */
    public Latency latency(String tag) {
        return Latency.of(of(tag));
    }

    /**
     * Range of a percentile over the repeats.
     *
     * @param tag      of the log
     * @param quantile 0 to below 1
     * @return the range
     */
    public RepeatRange range(String tag, double quantile) {
        return RepeatRange.of(perRepeat.stream().map(repeat -> repeat.of(tag)).toList(), quantile);
    }

    /**
     * The p99 over the measured window.
     *
     * @param tag one of {@link CellHistograms#SLICED}
     * @return the series
     */
    public TimeSeries overTime(String tag) {
        return TimeSeries.of(perRepeat.stream().map(repeat -> repeat.slices().getOrDefault(tag, List.of())).toList());
    }
}
