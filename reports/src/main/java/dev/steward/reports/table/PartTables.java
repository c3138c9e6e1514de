package dev.steward.reports.table;

import dev.steward.reports.folder.CellHistograms;
import dev.steward.reports.folder.Distribution;
import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.Problem;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Table of what damaged logs still hold: by itself, since a part of a window is another measurement than the whole. */
public final class PartTables {
    private PartTables() {
    }

    /**
     * The readable parts.
     *
     * @param summary of the run
     * @return none if every log is whole, or if nothing can be read of the damaged ones
     */
    public static List<Table> of(Summary summary) {
        List<List<String>> rows = new ArrayList<>();
        for (Problem problem : summary.problems()) {
            if (problem.part() != null) {
                rows.add(row(problem, "events", Tags.EVENT_ENQUEUE));
                rows.add(row(problem, "attach", Tags.ATTACH));
            }
        }
        return rows.isEmpty() ? List.of() : List.of(new Table("partial", "Cells whose log is damaged",
            "What stands before the first damaged line, of each cell by itself: in no other figure, and in no verdict.",
            List.of(Table.Column.name("cell"), Table.Column.name("load"),
                Table.Column.figure("read", "time of the measured window that could be read"),
                Table.Column.figure("n", "values in it"), Table.Column.figure("p50", "median"),
                Table.Column.figure("p99", "99 of 100 were not larger")),
            List.of(new Table.Group("", rows)), List.of()));
    }

    private static List<String> row(Problem problem, String load, String tag) {
        Distribution values = problem.part().of(tag);
        Latency latency = Latency.of(values);
        long readMs = problem.part().slices().getOrDefault(tag, List.of()).stream()
            .mapToLong(CellHistograms.Slice::lengthMs).sum();
        return List.of(problem.cellId(), load, String.format(Locale.ROOT, "%.1fs", readMs / 1000.0),
            Units.count(values.count()), Units.quantile(latency.p50()), Units.quantile(latency.p99()));
    }
}
