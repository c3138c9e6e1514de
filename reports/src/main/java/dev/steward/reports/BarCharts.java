package dev.steward.reports;

import dev.steward.reports.summary.Fairness;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.Table;
import dev.steward.reports.table.Units;
import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Draws up the bar charts of a run: how evenly it served, and where its events went. */
final class BarCharts {
    private static final Map<String, ToLongFunction<CellRecord.Ledger>> FATES = fates();

    private BarCharts() {
    }

    private static Map<String, ToLongFunction<CellRecord.Ledger>> fates() {
        Map<String, ToLongFunction<CellRecord.Ledger>> fates = new LinkedHashMap<>();
        fates.put("delivered", CellRecord.Ledger::delivered);
        fates.put("not forwarded", CellRecord.Ledger::notForwarded);
        fates.put("stall queued", ledger -> ledger.stallQueued() == null ? 0 : ledger.stallQueued());
        fates.put("stall aborted", CellRecord.Ledger::stallAborted);
        fates.put("unattached or unknown", ledger -> ledger.unattached() + ledger.unknownStream());
        fates.put("lost at the event queue", CellRecord.Ledger::lostAtRing);
        fates.put("lost in a vEVENTQ", CellRecord.Ledger::lostInVeventq);
        fates.put("any other fate", ledger -> ledger.generated() - ledger.delivered() - ledger.notForwarded()
            - ledger.stallAborted() - ledger.unattached() - ledger.unknownStream() - ledger.lostAtRing()
            - ledger.lostInVeventq());
        return fates;
    }

    static List<Chart> of(Summary summary, String prefix) {
        List<Chart> charts = new ArrayList<>();
        int number = 0;
        for (PathSummary path : summary.paths()) {
            String suffix = "-" + number++;
            fairness(charts, path, prefix + "fair-guests" + suffix, "guests", StrategySummary::guestFairness);
            fairness(charts, path, prefix + "fair-handlers" + suffix, "handlers", StrategySummary::handlerFairness);
            fairness(charts, path, prefix + "fair-attach" + suffix, "attach threads", StrategySummary::attachFairness);
            ledger(charts, path, prefix + "fates" + suffix);
        }
        return charts;
    }

    private static void fairness(
        List<Chart> charts, PathSummary path, String id, String who, Function<StrategySummary, Fairness> which) {
        List<StrategySummary> several =
            path.all().stream().filter(strategy -> which.apply(strategy).parties() > 1).toList();
        if (several.isEmpty()) {
            return;
        }
        List<double[]> ranges = new ArrayList<>();
        List<double[]> means = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (StrategySummary strategy : several) {
            Fairness fairness = which.apply(strategy);
            ranges.add(new double[] {Math.max(1, fairness.minNs()), Math.max(1, fairness.maxNs())});
            means.add(new double[] {Math.max(1, fairness.meanNs()), means.size()});
            rows.add(List.of(strategy.info().name(), Units.duration(fairness.minNs()),
                Units.duration(fairness.meanNs()), Units.duration(fairness.maxNs()),
                String.format(Locale.ROOT, "%.3f", fairness.jain())));
        }
        String title = "Path " + path.path() + ": fairness among " + who;
        charts.add(new Chart(id, "ranges", title, "From the best served to the worst served, by mean latency. A short "
            + "bar is a fair one.", names(several),
            List.of(new Chart.Series("smallest to largest mean", 0, ranges),
                new Chart.Series("mean of the means", 1, means)),
            Charts.figures(id, title, columns(List.of("min", "mean", "max", "Jain")), rows)));
    }

    private static void ledger(List<Chart> charts, PathSummary path, String id) {
        List<StrategySummary> counted = path.all().stream()
            .filter(strategy -> strategy.totals() != null && strategy.totals().ledger().generated() > 0).toList();
        if (counted.isEmpty()) {
            return;
        }
        List<Chart.Series> series = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        List<String> heads = new ArrayList<>();
        counted.forEach(strategy -> rows.add(new ArrayList<>(List.of(strategy.info().name()))));
        int fate = 0;
        for (Map.Entry<String, ToLongFunction<CellRecord.Ledger>> entry : FATES.entrySet()) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < counted.size(); i++) {
                CellRecord.Ledger ledger = counted.get(i).totals().ledger();
                double share = (double) entry.getValue().applyAsLong(ledger) / ledger.generated();
                points.add(new double[] {i, share});
                rows.get(i).add(Units.exact(entry.getValue().applyAsLong(ledger)));
            }
            heads.add(entry.getKey());
            series.add(new Chart.Series(entry.getKey(), fate++, points));
        }
        String title = "Path " + path.path() + ": where the events went";
        charts.add(new Chart(id, "fates", title, "Shares of all generated events, whole runs; the counts stand in the "
            + "table.", names(counted), series, Charts.figures(id, title, columns(heads), rows)));
    }

    private static List<String> names(List<StrategySummary> strategies) {
        return strategies.stream().map(strategy -> strategy.info().name()).toList();
    }

    private static List<Table.Column> columns(List<String> heads) {
        List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column("strategy", "", false)));
        heads.forEach(head -> columns.add(new Table.Column(head, "", true)));
        return columns;
    }
}
