package dev.steward.reports;

import dev.steward.results.Wording;
import dev.steward.reports.summary.Fairness;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.table.Layout;
import dev.steward.results.Units;
import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        for (StrategySummary strategy : several) {
            Fairness fairness = which.apply(strategy);
            ranges.add(new double[] {Math.max(1, fairness.minNs()), Math.max(1, fairness.maxNs())});
            means.add(new double[] {Math.max(1, fairness.meanNs()), means.size()});
        }
        String title = "Path " + path.path() + ": fairness among " + who;
        charts.add(new Chart(id, "ranges", title, "From the best served to the worst served, by mean latency. A short "
            + "bar is a fair one.", Charts.names(several),
            List.of(new Chart.Series("smallest to largest mean", 0, ranges),
                new Chart.Series("mean of the means", 1, means)),
            Charts.figures(new Layout<Fairness>("strategy")
                .figure("min", "", fairness -> Units.duration(fairness.minNs()))
                .figure("mean", "", fairness -> Units.duration(fairness.meanNs()))
                .figure("max", "", fairness -> Units.duration(fairness.maxNs()))
                .figure("Jain", "", fairness -> Wording.format("%.3f", fairness.jain())), id, title,
                Charts.rows(several, which))));
    }

    private static void ledger(List<Chart> charts, PathSummary path, String id) {
        List<StrategySummary> counted = path.all().stream()
            .filter(strategy -> strategy.totals() != null && strategy.totals().ledger().generated() > 0).toList();
        if (counted.isEmpty()) {
            return;
        }
        List<Chart.Series> series = new ArrayList<>();
        Layout<CellRecord.Ledger> layout = new Layout<>("strategy");
        FATES.forEach((fate, count) -> {
            List<double[]> points = new ArrayList<>();
            for (StrategySummary strategy : counted) {
                CellRecord.Ledger ledger = strategy.totals().ledger();
                points.add(new double[] {points.size(), (double) count.applyAsLong(ledger) / ledger.generated()});
            }
            series.add(new Chart.Series(fate, series.size(), points));
            layout.figure(fate, "", ledger -> Units.exact(count.applyAsLong(ledger)));
        });
        String title = "Path " + path.path() + ": where the events went";
        charts.add(new Chart(id, "fates", title, "Shares of all generated events, whole runs; the counts stand in the "
            + "table.", Charts.names(counted), series, Charts.figures(layout, id, title,
                Charts.rows(counted, strategy -> strategy.totals().ledger()))));
    }
}
