package dev.steward.reports.table;

import dev.steward.results.Wording;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;

/** In the manner of the kernel's own tests: refscale's read cost, locktorture's counts of each thread. */
final class KernelTables {
    private static final Layout<DoubleSummaryStatistics> REFSCALE = new Layout<DoubleSummaryStatistics>("strategy")
        .exact("runs", "repeats", DoubleSummaryStatistics::getCount)
        .figure("min(ns)", "smallest mean of a repeat", means -> Wording.format("%.1f", means.getMin()))
        .figure("mean(ns)", "mean of the means", means -> Wording.format("%.1f", means.getAverage()))
        .figure("max(ns)", "largest mean of a repeat", means -> Wording.format("%.1f", means.getMax()));
    private static final Layout<Threads> THREADS = new Layout<Threads>("strategy")
        .words("role", "", Threads::role)
        .exact("n", "threads, all cells together", threads -> threads.operations.getCount())
        .exact("total", "operations", threads -> threads.operations.getSum())
        .exact("min", "fewest operations of a thread", threads -> threads.operations.getMin())
        .figure("mean", "of a thread", threads -> Units.count(threads.operations.getAverage()))
        .exact("max", "most operations of a thread", threads -> threads.operations.getMax());

    private KernelTables() {
    }

    /** Both tables, as far as the files hold what they need. */
    static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        if (summary.strategies().anyMatch(strategy -> strategy.stages().samples() > 0)) {
            tables.add(REFSCALE.table("refscale", "Read side: ns per event, in the manner of refscale",
                "What getting in, looking up and getting out take beyond the strategy's floor, mean of each repeat. "
                    + StageTables.noFloor(summary),
                Layout.strategies(summary, one -> readCosts(summary, one))));
        }
        if (summary.finished().stream().anyMatch(cell -> cell.threads() != null && !cell.threads().isEmpty())) {
            tables.add(THREADS.table("threads", "Operations of each thread, in the manner of locktorture",
                "Measured windows of every finished cell. min, mean, max: of one thread of one cell.",
                threads(summary)));
        }
        return tables;
    }

    /** Null without a floor beside it. */
    private static DoubleSummaryStatistics readCosts(Summary summary, StrategySummary strategy) {
        return summary.guardCost(strategy).map(cost -> Arrays.stream(cost.ns()).summaryStatistics()).orElse(null);
    }

    private static List<Layout.Group<Threads>> threads(Summary summary) {
        List<Layout.Group<Threads>> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            List<Layout.Row<Threads>> rows = new ArrayList<>();
            for (StrategySummary strategy : path.all()) {
                for (String role : List.of("handler", "attach")) {
                    Threads threads = Threads.of(summary, path.path(), strategy.info().name(), role);
                    if (threads.operations.getCount() > 0) {
                        rows.add(new Layout.Row<>(strategy.info().name(), threads));
                    }
                }
            }
            if (!rows.isEmpty()) {
                groups.add(new Layout.Group<>("path " + path.path(), rows));
            }
        }
        return groups;
    }

    /** The threads of one role. */
    private record Threads(String role, LongSummaryStatistics operations) {
        static Threads of(Summary summary, String path, String strategy, String role) {
            return new Threads(role, summary.finished().stream()
                .filter(cell -> cell.path().equals(path) && cell.strategy().equals(strategy))
                .map(CellRecord::threads).filter(Objects::nonNull).flatMap(List::stream)
                .filter(thread -> thread.role().equals(role)).mapToLong(CellRecord.ThreadShare::operations)
                .summaryStatistics());
        }
    }
}
