package dev.steward.reports.table;

import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.LoadRate;
import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.CellGrade;
import dev.steward.results.CellHistograms;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Single cells that need a word of their own: those that were not steady, and those whose log is damaged. */
final class CellTables {
    private static final Layout<Drift> DRIFTS = new Layout<Drift>("cell")
        .words("load", "", drift -> nameOf(drift.tag)).words("cause", "", Drift::reason);
    private static final Layout<Part> PARTS = new Layout<Part>("cell")
        .words("load", "", part -> nameOf(part.tag))
        .figure("read", "time of the measured window that could be read", part -> Wording.format("%.1fs",
            part.log.slices().getOrDefault(part.tag, List.of()).stream()
                .mapToLong(CellHistograms.Slice::lengthMs).sum() / 1000.0))
        .count("n", "values in it", part -> part.latency().count())
        .quantile("p50", "median", part -> part.latency().p50())
        .quantile("p99", "99 of 100 were not larger", part -> part.latency().p99());

    private static final Layout<StrategySummary> ARRIVALS = arrivals(arrivals(
        new Layout<StrategySummary>("strategy"), "storm", LoadRate.STORM), "churn", LoadRate.CHURN);

    private CellTables() {
    }

    /** Valid cells with a load that was not in a steady state; none if all were. */
    static List<Table> unsteady(Summary summary) {
        List<Drift> drifts = new ArrayList<>();
        for (CellGrade grade : summary.verdicts().grades()) {
            if (grade.cell().valid()) {
                grade.unsteady().forEach((tag, reason) -> drifts.add(new Drift(grade.cell().json().id(), tag, reason)));
            }
        }
        return drifts.isEmpty() ? List.of() : List.of(DRIFTS.table("unsteady", "Not in a steady state",
            "Valid cells whose latency drifted, whose arrivals did not come as planned or whose heap was collected "
                + "while they were measured: in the figures, not in the verdicts.", drifts, Drift::cell));
    }

    /** Of how many loads nobody can tell whether they were steady; none if of all. */
    static List<String> untold(Summary summary) {
        List<CellGrade> valid = summary.verdicts().grades().stream().filter(grade -> grade.cell().valid()).toList();
        List<String> told = new ArrayList<>();
        for (String tag : List.of(Tags.EVENT_ENQUEUE, Tags.ATTACH)) {
            long untold = valid.stream().filter(grade -> grade.untold().contains(tag)).count();
            if (untold > 0) {
                told.add(nameOf(tag) + " of " + untold + " of " + Wording.counted(valid.size(), "cell"));
            }
        }
        return told.isEmpty() ? List.of() : List.of("Whether latencies drifted was not tested, for lack of values over "
            + "time: " + String.join(", ", told) + ".");
    }

    /** Whether compiled code had settled and the heap was left alone; none if no cell tells. */
    static List<String> jvms(Summary summary) {
        List<CellRecord.JvmActivity> known = summary.finished().stream().map(CellRecord::jvm).filter(Objects::nonNull)
            .toList();
        long settled = known.stream().filter(jvm -> jvm.compiled() == 0).count();
        long collected = known.stream().filter(jvm -> jvm.collections() > 0).count();
        return known.isEmpty() ? List.of() : List.of("In " + settled + " of " + Wording.counted(known.size(), "cell")
            + " no method of the suite or its libraries was compiled inside the window; most in one cell: "
            + known.stream().mapToInt(CellRecord.JvmActivity::compiled).max().orElse(0)
            + ". Cells whose heap was collected inside the window: " + collected + ".");
    }

    /** How the arrivals of the loads came; none if no cell tells. */
    static List<Table> arrivals(Summary summary) {
        return summary.strategies().allMatch(one -> one.arrivals(LoadRate.STORM) == null
            && one.arrivals(LoadRate.CHURN) == null) ? List.of()
            : List.of(ARRIVALS.table("arrivals", "How the arrivals came, compared with their schedule",
                "Each law's schedule is drawn beforehand. Missed: neither started nor given up. Late: began more than "
                    + "a mean gap late; from half on the generator was saturated.",
                Layout.strategies(summary, one -> one)));
    }

    /** What damaged logs still hold, by itself: a part of a window is another measurement than the whole. */
    static List<Table> damaged(Summary summary) {
        List<Part> parts = new ArrayList<>();
        for (Problem problem : summary.problems()) {
            if (problem.part() != null) {
                parts.add(new Part(problem.cellId(), Tags.EVENT_ENQUEUE, problem.part()));
                parts.add(new Part(problem.cellId(), Tags.ATTACH, problem.part()));
            }
        }
        return parts.isEmpty() ? List.of() : List.of(PARTS.table("partial", "Cells whose log is damaged",
            "What stands before the first damaged line, of each cell by itself: in no other figure, and in no verdict.",
            parts, Part::cell));
    }

    private static Layout<StrategySummary> arrivals(
        Layout<StrategySummary> layout, String head, String load) {
        return layout
            .figure(head + " due", "arrivals of the schedule", one -> text(one.arrivals(load),
                all -> Units.count(all.due())))
            .figure("missed", "neither started nor given up", one -> text(one.arrivals(load),
                all -> Units.exact(all.missed())))
            .figure("late", "share that began more than a mean gap late", one -> text(one.arrivals(load),
                all -> Units.share(all.behind())));
    }

    private static String text(CellRecord.Arrivals all, Function<CellRecord.Arrivals, String> figure) {
        return all == null ? Units.NONE : figure.apply(all);
    }

    private static String nameOf(String tag) {
        return tag.equals(Tags.ATTACH) ? "attach" : "events";
    }

    private record Drift(String cell, String tag, String reason) {
    }

    private record Part(String cell, String tag, CellHistograms log) {
        Latency latency() {
            return Latency.of(log.of(tag));
        }
    }
}
