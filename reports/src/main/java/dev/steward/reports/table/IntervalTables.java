package dev.steward.reports.table;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.QuantileBootstrap;
import dev.steward.reports.summary.LatencyIntervals;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Tags;
import java.util.List;

/** Tables of the intervals that belong to the percentiles of the main tables. */
public final class IntervalTables {
    private IntervalTables() {
    }

    /**
     * The intervals of events, then of attach operations.
     *
     * @param summary of the run
     * @return none if no strategy has enough repeats for an interval
     */
    public static List<Table> of(Summary summary) {
        return hasAny(summary)
            ? List.of(table(summary, "intervals-event", "Fault events: 95% intervals of the percentiles above",
                Tags.EVENT_ENQUEUE),
                table(summary, "intervals-attach", "Attach: 95% intervals of the percentiles above", Tags.ATTACH))
            : List.of();
    }

    /**
     * Why percentiles stand without intervals.
     *
     * @param summary of the run
     * @return one sentence, or none if they have them
     */
    public static List<String> missing(Summary summary) {
        return hasAny(summary) ? List.of() : List.of("No intervals: they come from the scatter of the repeats, and no "
            + "strategy has the " + QuantileBootstrap.FEWEST_REPEATS + " that are needed.");
    }

    private static boolean hasAny(Summary summary) {
        return summary.paths().stream().flatMap(path -> path.all().stream())
            .flatMap(strategy -> strategy.intervals().values().stream()).anyMatch(one -> one.p50() != null);
    }

    private static Table table(Summary summary, String id, String title, String tag) {
        return new Table(id, title, "Bootstrap over whole repeats, their histograms added up.",
            List.of(Table.Column.name("strategy"), Table.Column.figure("n", "repeats"),
                Table.Column.figure("p50", "95% interval of the median"),
                Table.Column.figure("p99", "95% interval of the 99th percentile"),
                Table.Column.figure("p99.9", "95% interval of the 99.9th percentile")),
            Groups.of(summary, strategy -> {
                LatencyIntervals intervals = strategy.intervals().get(tag);
                return List.of(strategy.info().name(), Integer.toString(intervals.repeats()), text(intervals.p50()),
                    text(intervals.p99()), text(intervals.p999()));
            }),
            List.of());
    }

    private static String text(Interval interval) {
        return interval == null ? Units.NONE
            : Units.duration(interval.low()) + ".." + Units.duration(interval.high());
    }
}
