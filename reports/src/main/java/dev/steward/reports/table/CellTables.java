package dev.steward.reports.table;

import dev.steward.results.Wording;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.verdict.CellGrade;
import dev.steward.results.CellHistograms;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;

/** Single cells that need a word of their own: those that were not steady, and those whose log is damaged. */
final class CellTables {
    private static final Layout<Drift> DRIFTS = new Layout<Drift>("cell")
        .words("load", "", drift -> nameOf(drift.tag)).words("drift", "", Drift::reason);
    private static final Layout<Part> PARTS = new Layout<Part>("cell")
        .words("load", "", part -> nameOf(part.tag))
        .figure("read", "time of the measured window that could be read", part -> Wording.format("%.1fs",
            part.log.slices().getOrDefault(part.tag, List.of()).stream()
                .mapToLong(CellHistograms.Slice::lengthMs).sum() / 1000.0))
        .count("n", "values in it", part -> part.latency().count())
        .quantile("p50", "median", part -> part.latency().p50())
        .quantile("p99", "99 of 100 were not larger", part -> part.latency().p99());

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
            "Valid cells whose latency drifted while it was measured: in the figures, not in the verdicts.", drifts,
            Drift::cell));
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
