package dev.steward.reports.table;

import dev.steward.reports.folder.CellHistograms;
import dev.steward.reports.folder.Distribution;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Objects;

/** Tables in the manner of the kernel's own tests: refscale's read cost, locktorture's counts of each thread. */
public final class KernelTables {
    private KernelTables() {
    }

    /**
     * Both tables, as far as the files hold what they need.
     *
     * @param summary of the run
     * @return may be empty
     */
    public static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        boolean sampled = summary.paths().stream().flatMap(path -> path.all().stream())
            .anyMatch(strategy -> strategy.stages().samples() > 0);
        if (sampled) {
            tables.add(reads(summary));
        }
        if (summary.finished().stream().anyMatch(cell -> cell.threads() != null && !cell.threads().isEmpty())) {
            tables.add(threads(summary));
        }
        return tables;
    }

    private static Table reads(Summary summary) {
        return new Table("refscale", "Read side: ns per event, in the manner of refscale",
            "Into the section and out of it (stages lock and unlock, each with one clock read), mean of each repeat.",
            List.of(Table.Column.name("strategy"), Table.Column.figure("runs", "repeats"),
                Table.Column.figure("min(ns)", "smallest mean of a repeat"),
                Table.Column.figure("mean(ns)", "mean of the means"),
                Table.Column.figure("max(ns)", "largest mean of a repeat")),
            Groups.of(summary, KernelTables::read), List.of());
    }

    private static List<String> read(StrategySummary strategy) {
        DoubleSummaryStatistics means = strategy.perRepeat().stream()
            .filter(repeat -> repeat.of(Tags.STAGE_LOCK).count() > 0)
            .mapToDouble(KernelTables::lockNs).summaryStatistics();
        return means.getCount() == 0 ? CorrectnessTables.dashes(strategy, 4)
            : List.of(strategy.info().name(), Long.toString(means.getCount()), ns(means.getMin()),
                ns(means.getAverage()), ns(means.getMax()));
    }

    private static double lockNs(CellHistograms repeat) {
        Distribution in = repeat.of(Tags.STAGE_LOCK);
        Distribution out = repeat.of(Tags.STAGE_UNLOCK);
        return in.meanNs() + out.meanNs();
    }

    private static String ns(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static Table threads(Summary summary) {
        List<Table.Group> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            List<List<String>> rows = new ArrayList<>();
            for (StrategySummary strategy : path.all()) {
                for (String role : List.of("handler", "attach")) {
                    List<String> row = thread(summary, path.path(), strategy.info().name(), role);
                    if (row != null) {
                        rows.add(row);
                    }
                }
            }
            if (!rows.isEmpty()) {
                groups.add(new Table.Group("path " + path.path(), rows));
            }
        }
        return new Table("threads", "Operations of each thread, in the manner of locktorture",
            "Measured windows of every finished cell. min, mean, max: of one thread of one cell.",
            List.of(Table.Column.name("strategy"), Table.Column.name("role"),
                Table.Column.figure("n", "threads, all cells together"), Table.Column.figure("total", "operations"),
                Table.Column.figure("min", "fewest operations of a thread"),
                Table.Column.figure("mean", "of a thread"), Table.Column.figure("max", "most operations of a thread")),
            groups, List.of());
    }

    private static List<String> thread(Summary summary, String path, String strategy, String role) {
        LongSummaryStatistics operations = summary.finished().stream()
            .filter(cell -> cell.path().equals(path) && cell.strategy().equals(strategy))
            .map(CellRecord::threads).filter(Objects::nonNull).flatMap(List::stream)
            .filter(thread -> thread.role().equals(role)).mapToLong(CellRecord.ThreadShare::operations)
            .summaryStatistics();
        return operations.getCount() == 0 ? null
            : List.of(strategy, role, Long.toString(operations.getCount()), Long.toString(operations.getSum()),
                Long.toString(operations.getMin()), Units.count(operations.getAverage()),
                Long.toString(operations.getMax()));
    }
}
