package dev.steward.reports.table;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.LatencyIntervals;
import dev.steward.reports.summary.LoadRate;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How long events, attach operations and invalidations took. */
final class LatencyTables {
    private static final Layout<LatencyIntervals> INTERVALS = new Layout<LatencyIntervals>("strategy")
        .exact("n", "repeats", LatencyIntervals::repeats)
        .figure("p50", "95% interval of a repeat's median", intervals -> text(intervals.p50()))
        .figure("p99", "95% interval of a repeat's 99th percentile", intervals -> text(intervals.p99()))
        .figure("p99.9", "95% interval of a repeat's 99.9th percentile", intervals -> text(intervals.p999()));
    private static final Layout<StrategySummary> INVALIDATIONS = new Layout<StrategySummary>("strategy")
        .figure("cmds/s", "achieved rate of commands", one -> Units.rate(one.invalidation().achievedPerSecond()))
        .count("misses", "commands answered with -EIO: the vDEVICE was away", one -> one.invalidations().misses())
        .quantile("p50", "median of a batch", one -> one.latency(Tags.INVALIDATE).p50())
        .quantile("p99", "99 of 100 batches were not slower", one -> one.latency(Tags.INVALIDATE).p99())
        .figure("max", "slowest batch", one -> one.latency(Tags.INVALIDATE).maxText())
        .quantile("raw p50", "median from the real start", one -> one.latency(Tags.INVALIDATE_RAW).p50())
        .quantile("raw p99", "from the real start", one -> one.latency(Tags.INVALIDATE_RAW).p99())
        .note("raw: from the real start, without the lateness of the thread's wake-up. misses: a device whose vDEVICE "
            + "an attach thread is moving has none; the guest is told so, and nothing is wrong.");
    private static final Layout<StrategySummary> COMMITS = new Layout<StrategySummary>("strategy")
        .quantile("commit p50", "median commit", one -> one.latency(Tags.ATTACH_COMMIT).p50())
        .quantile("p99", "99th percentile of commits", one -> one.latency(Tags.ATTACH_COMMIT).p99())
        .figure("graces", "grace periods recorded", one -> one.of(Tags.GRACE).count() == 0 ? Units.NONE
            : Units.count(one.of(Tags.GRACE).count()))
        .quantile("grace p50", "median grace period", one -> one.latency(Tags.GRACE).p50())
        .quantile("p99", "99th percentile of grace periods", one -> one.latency(Tags.GRACE).p99())
        .figure("max", "longest grace period", one -> one.latency(Tags.GRACE).maxText());
    private static final Layout<StrategySummary> RAW = new Layout<StrategySummary>("strategy")
        .quantile("enqueue", "event in the vEVENTQ, intended", one -> one.latency(Tags.EVENT_ENQUEUE).p99())
        .quantile("raw", "event in the vEVENTQ, from the real start", one -> one.latency(Tags.EVENT_ENQUEUE_RAW).p99())
        .quantile("read", "event read by the VMM, intended", one -> one.latency(Tags.EVENT_READ).p99())
        .quantile("raw", "event read by the VMM, from the real start", one -> one.latency(Tags.EVENT_READ_RAW).p99())
        .quantile("attach", "attach, intended", one -> one.latency(Tags.ATTACH).p99())
        .quantile("raw", "attach, from the real start", one -> one.latency(Tags.ATTACH_RAW).p99());
    private static final Layout<StrategySummary> STALLS = new Layout<StrategySummary>("strategy")
        .exact("queued", "into the fault queue", one -> one.stalls().queued())
        .exact("retried", "answered by the VMM: the transaction tries again", one -> one.stalls().answered())
        .exact("auto", "aborted since the attachment they came through ended",
            one -> one.stalls().answeredAutomatically())
        .exact("late", "answers of the VMM to such", one -> one.stalls().answeredTooLate())
        .exact("abort", "aborted at once, no fault queue took them", one -> one.stalls().aborted())
        .figure("refused", "no event: as many were stalled as the SMMU can hold",
            one -> one.stalls().refused() == null ? Units.NONE : Units.exact(one.stalls().refused()))
        .figure("freed", "came through an attach handle that had been freed: the hazard of fence=none",
            one -> one.stalls().throughFreedHandle() == null
                ? Units.NONE : Units.exact(one.stalls().throughFreedHandle()))
        .quantile("p50", "intended arrival until resumed by the VMM", one -> one.latency(Tags.FAULT_RESPONSE).p50())
        .quantile("p99", "intended arrival until resumed by the VMM", one -> one.latency(Tags.FAULT_RESPONSE).p99())
        .note("Not in the stages. The guard is asked for their master only; resumed-once and fault-fence watch the "
            + "rest of their way. Of a guest's figures they are in the offered and the refused alone. A stall is "
            + "refused when eventq.maxStalls are outstanding: its device waits, which thins the load.");

    private LatencyTables() {
    }

    /** Events until they stand in the vEVENTQ, and attach operations: the main tables of a report. */
    static List<Table> main(Summary summary) {
        return List.of(
            loaded(LoadRate.STORM, "events/s", StrategySummary::storm, Tags.EVENT_ENQUEUE)
                .quantile("raw p50", "median from the real start", one -> one.latency(Tags.EVENT_ENQUEUE_RAW).p50())
                .note("raw p50: from the real start, without the lateness of the generator. events/s: all that were "
                    + "generated; those that no guest gets (ledger) have no latency here.")
                .table("events", "Fault events: intended arrival until in the vEVENTQ",
                    about(summary, Tags.EVENT_ENQUEUE, LoadRate.STORM, StrategySummary::storm),
                    Layout.strategies(summary, one -> one)),
            loaded(LoadRate.CHURN, "attach/s", StrategySummary::churn, Tags.ATTACH)
                .quantile("commit", "median of the strategy's commit alone",
                    one -> one.latency(Tags.ATTACH_COMMIT).p50())
                .note("commit: median of the strategy's part alone. The whole attach also holds the lateness of its "
                    + "thread's wake-up and the objects that the guest makes and destroys.")
                .table("attaches", "Attach: intended start until it returned",
                    about(summary, Tags.ATTACH, LoadRate.CHURN, StrategySummary::churn),
                    Layout.strategies(summary, one -> one)));
    }

    private static Layout<StrategySummary> loaded(
        String load, String rateHead, Function<StrategySummary, LoadRate> rate, String tag) {
        Layout<StrategySummary> layout = new Layout<StrategySummary>("strategy")
            .figure("ok", "cells in the figures, of planned ones", one -> one.counted() + "/" + one.planned())
            .figure(rateHead, "achieved rate", one -> rate.apply(one) == null ? Units.NONE
                : Units.rate(rate.apply(one).achievedPerSecond()));
        return percentiles(layout, tag);
    }

    private static Layout<StrategySummary> percentiles(Layout<StrategySummary> layout, String tag) {
        return layout.quantile("p50", "median", one -> one.latency(tag).p50())
            .quantile("p99", "99 of 100 were not slower", one -> one.latency(tag).p99())
            .quantile("p99.9", "999 of 1000 were not slower", one -> one.latency(tag).p999())
            .figure("max", "largest; shows the host as much as the lock", one -> one.latency(tag).maxText());
    }

    private static String about(Summary summary, String tag, String load, Function<StrategySummary, LoadRate> rate) {
        String targets = summary.strategies().map(rate).filter(Objects::nonNull)
            .map(one -> Units.rate(one.targetPerSecond()) + "/s").distinct().collect(Collectors.joining(", "));
        String said = "Histogram tag " + tag + ", all valid repeats added up.";
        if (!targets.isEmpty()) {
            return said + " Offered: " + targets + ".";
        }
        // What logs offer is not the scenario's rate.
        return summary.run().replay() != null ? said
            : said + " Asked for by the scenario: " + summary.run().scenario().getOrDefault(load + ".rate", "nothing")
                + ".";
    }

    /** What only some runs have beside the main tables: invalidations, intervals, several placement classes. */
    static List<Table> more(Summary summary) {
        List<Table> tables = new ArrayList<>();
        if (summary.strategies().anyMatch(one -> one.invalidations() != null)) {
            tables.add(INVALIDATIONS.table("invalidations",
                "Invalidations: intended start of a batch until its SYNC was done",
                "Histogram tags " + Tags.INVALIDATE + " and " + Tags.INVALIDATE_RAW + ", all valid repeats added up. "
                    + "Batches of ATC_INV, each command looked up under the lock of the vDEVICEs.",
                Layout.strategies(summary, one -> one.invalidations() == null ? null : one)));
        }
        if (hasIntervals(summary)) {
            tables.add(intervals(summary, "intervals-event", "Fault events: 95% intervals of a repeat's percentiles",
                Tags.EVENT_ENQUEUE));
            tables.add(intervals(summary, "intervals-attach", "Attach: 95% intervals of a repeat's percentiles",
                Tags.ATTACH));
        }
        Set<String> classes = new TreeSet<>();
        summary.strategies().forEach(one -> classes.addAll(one.eventsByPlacement().keySet()));
        if (classes.size() > 1) {
            tables.add(placement(summary, classes));
        }
        return tables;
    }

    private static boolean hasIntervals(Summary summary) {
        return summary.strategies().anyMatch(one -> one.intervals(Tags.EVENT_ENQUEUE).p50() != null
            || one.intervals(Tags.ATTACH).p50() != null);
    }

    /** Why percentiles stand without intervals; no sentence if they have them, or are those of one long cell. */
    static List<String> missingIntervals(Summary summary) {
        return hasIntervals(summary) || summary.run().turns() != null ? List.of()
            : List.of("No intervals: they come from the scatter of the repeats, and no strategy has the "
                + LatencyIntervals.FEWEST_REPEATS + " that are needed.");
    }

    private static Table intervals(Summary summary, String id, String title, String tag) {
        return INTERVALS.table(id, title, "95% interval of the median over the repeats, from order "
                + "statistics, whatever the shape of the tail. The percentiles above pool all repeats; where a few "
                + "repeats make the tail they may lie outside.",
            Layout.strategies(summary, one -> one.intervals(tag)));
    }

    private static String text(Interval interval) {
        return interval == null ? Units.NONE : Units.duration(interval.low()) + ".." + Units.duration(interval.high());
    }

    private static Table placement(Summary summary, Set<String> classes) {
        Layout<StrategySummary> layout = new Layout<>("strategy");
        for (String of : classes) {
            Function<StrategySummary, Latency> latency =
                one -> one.eventsByPlacement().getOrDefault(of, Latency.of(Distribution.EMPTY));
            layout.quantile(of + " p50", "median of the cells of class " + of, one -> latency.apply(one).p50())
                .quantile("p99", "99th percentile of the cells of class " + of, one -> latency.apply(one).p99());
        }
        return layout.table("placement", "Events by placement class",
            "Cache lines between the CPUs of a cell are near, far, or mixed if that changed while it ran; where the "
                + "machine showed one kind only, the class is the range that their round trips lie in. Compare "
                + "strategies within a column only.",
            Layout.strategies(summary, one -> one));
    }

    /** Commits and grace periods, reads by the VMM, raw beside intended, ranges over the repeats if there are some. */
    static List<Table> details(Summary summary) {
        List<Table> tables = new ArrayList<>(List.of(
            COMMITS.table("commits", "Attach: the strategy's commit, and its grace periods",
                "Histogram tags " + Tags.ATTACH_COMMIT + " (within the attach) and " + Tags.GRACE
                    + " (publication until the last old reader has left).",
                Layout.strategies(summary, one -> one)),
            percentiles(new Layout<StrategySummary>("strategy")
                .count("events", "recorded", one -> one.of(Tags.EVENT_READ).count()), Tags.EVENT_READ)
                .table("reads", "Fault events: intended arrival until read by the VMM",
                    "Histogram tag " + Tags.EVENT_READ + ", all valid repeats added up.",
                    Layout.strategies(summary, one -> one)),
            RAW.table("raw", "p99 from the intended start beside p99 from the real start",
                "Where 'raw' is much smaller, arrivals had to wait before they began; a tool that times from the real "
                    + "start would have hidden that.",
                Layout.strategies(summary, one -> one))));
        if (summary.run().cells().stream().anyMatch(cell -> cell.repeat() > 1)) {
            tables.add(ranges(summary, Tags.EVENT_ENQUEUE));
            tables.add(ranges(summary, Tags.ATTACH));
        }
        return tables;
    }

    private static Table ranges(Summary summary, String tag) {
        return new Layout<StrategySummary>("strategy")
            .exact("repeats", "valid repeats that have a median", one -> one.range(tag, 0.5).repeats())
            .quantile("p50 from", "smallest median of a repeat", one -> one.range(tag, 0.5).lowest())
            .quantile("to", "largest median of a repeat", one -> one.range(tag, 0.5).highest())
            .quantile("p99 from", "smallest p99 of a repeat", one -> one.range(tag, 0.99).lowest())
            .quantile("to", "largest p99 of a repeat", one -> one.range(tag, 0.99).highest())
            .table("range-" + tag.replace('.', '-'), "Range over repeats: " + tag,
                "Smallest and largest p50 and p99 that a single repeat gave. A plain range, no confidence interval.",
                Layout.strategies(summary, one -> one));
    }

    /** Stalled faults that waited in a fault queue or in a device; none if there were none. */
    static List<Table> stalls(Summary summary) {
        return summary.strategies().map(StrategySummary::stalls).noneMatch(LatencyTables::waited) ? List.of()
            : List.of(STALLS.table("stalls", "Stalled faults",
                "Faults that wait in the fault queue until the VMM answers; counts of whole runs, summed over the "
                    + "cells. Each is resumed exactly once: queued = retried + auto.",
                Layout.strategies(summary, one -> one.stalls() == null ? null : one)));
    }

    private static boolean waited(CellRecord.Stalls stalls) {
        return stalls != null && (stalls.queued() > 0 || stalls.refused() != null && stalls.refused() > 0);
    }
}
