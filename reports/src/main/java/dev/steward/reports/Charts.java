package dev.steward.reports;

import dev.steward.reports.folder.Distribution;
import dev.steward.reports.summary.Curve;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.summary.TimeSeries;
import dev.steward.reports.table.StageTable;
import dev.steward.reports.table.Table;
import dev.steward.reports.table.Units;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Draws up the charts of a run; whatever has no data is left out. */
final class Charts {
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 0.9999};
    private static final String HICCUP = MachineSeries.HICCUP;

    private final Summary summary;
    private final List<Chart> charts = new ArrayList<>();

    private Charts(Summary summary) {
        this.summary = summary;
    }

    static List<Chart> of(Summary summary, String prefix) {
        Charts all = new Charts(summary);
        int number = 0;
        for (PathSummary path : summary.paths()) {
            // Numbered, since a path's name comes from a file and may not fit into an identifier.
            String suffix = "-" + number++;
            all.nines(path, prefix + "curve-event" + suffix, "event until in the vEVENTQ", Tags.EVENT_ENQUEUE);
            all.nines(path, prefix + "curve-attach" + suffix, "attach", Tags.ATTACH);
            all.shares(path, prefix + "shares" + suffix);
            all.overTime(path, prefix + "time-event" + suffix, "event until in the vEVENTQ", Tags.EVENT_ENQUEUE);
            all.overTime(path, prefix + "time-attach" + suffix, "attach", Tags.ATTACH);
        }
        return all.charts;
    }

    private void nines(PathSummary path, String id, String what, String tag) {
        List<Chart.Series> series = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (StrategySummary strategy : path.all()) {
            addCurve(series, rows, strategy.info().name(), indexOf(strategy), strategy.of(tag));
        }
        if (series.isEmpty()) {
            return;
        }
        addCurve(series, rows, HICCUP, -1, path.hiccup());
        List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column("strategy", "", false)));
        for (double quantile : QUANTILES) {
            columns.add(new Table.Column(percent(quantile), "", true));
        }
        String title = "Path " + path.path() + ": " + what + ", percentiles";
        charts.add(new Chart(id, "nines", title, "From the intended start, all valid repeats added up. Each further "
            + "nine takes the same room. A curve ends where fewer than 10 values lie beyond.", List.of(), series,
            figures(id, title, columns, rows)));
    }

    private static void addCurve(
        List<Chart.Series> series, List<List<String>> rows, String name, int index,
        Distribution values) {
        Curve curve = Curve.of(values);
        if (curve.points().isEmpty()) {
            return;
        }
        series.add(new Chart.Series(name, index,
            curve.points().stream().map(point -> new double[] {point.nines(), drawable(point.valueNs())}).toList()));
        List<String> row = new ArrayList<>(List.of(name));
        for (double quantile : QUANTILES) {
            row.add(Units.quantile(Quantile.of(values, quantile)));
        }
        rows.add(row);
    }

    private void overTime(PathSummary path, String id, String what, String tag) {
        List<Chart.Series> series = new ArrayList<>();
        List<TimeSeries> drawn = new ArrayList<>();
        TreeSet<Long> starts = new TreeSet<>();
        for (StrategySummary strategy : path.all()) {
            TimeSeries overTime = strategy.overTime(tag);
            if (!overTime.points().isEmpty()) {
                drawn.add(overTime);
                overTime.points().forEach(point -> starts.add(point.startMs()));
                series.add(new Chart.Series(strategy.info().name(), indexOf(strategy), overTime.points().stream()
                    .map(point -> new double[] {point.startMs() / 1000.0, drawable(point.p99().valueNs())}).toList()));
            }
        }
        if (series.isEmpty()) {
            return;
        }
        int strategies = series.size();
        series.addAll(MachineSeries.of(path));
        List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column("strategy", "", false)));
        starts.forEach(start ->
            columns.add(new Table.Column(String.format(Locale.ROOT, "%.1fs", start / 1000.0), "", true)));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < strategies; i++) {
            List<String> row = new ArrayList<>(List.of(series.get(i).name()));
            for (long start : starts) {
                row.add(drawn.get(i).points().stream().filter(point -> point.startMs() == start)
                    .map(point -> Units.quantile(point.p99())).findFirst().orElse(Units.NONE));
            }
            rows.add(row);
        }
        String title = "Path " + path.path() + ": " + what + ", p99 over the measured window";
        charts.add(new Chart(id, "time", title, "Slices of all valid repeats at the same place in the window added "
            + "up; slices with fewer than 100 values are left out. Dots: the longest hiccup of the machine in each "
            + "slice; bars: attach operations that were due in it.", List.of(), series,
            figures(id, title, columns, rows)));
    }

    private void shares(PathSummary path, String id) {
        List<StrategySummary> sampled =
            path.all().stream().filter(strategy -> strategy.stages().samples() > 0).toList();
        if (sampled.isEmpty()) {
            return;
        }
        List<Chart.Series> series = new ArrayList<>();
        List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column("strategy", "", false)));
        List<List<String>> rows = new ArrayList<>();
        sampled.forEach(strategy -> rows.add(new ArrayList<>(List.of(strategy.info().name()))));
        for (String tag : Tags.STAGES) {
            List<double[]> points = new ArrayList<>();
            boolean recorded = false;
            for (int i = 0; i < sampled.size(); i++) {
                double share = sampled.get(i).stages().shareOf(tag);
                recorded |= !Double.isNaN(share);
                points.add(new double[] {i, Double.isNaN(share) ? 0 : share});
            }
            if (recorded) {
                series.add(new Chart.Series(StageTable.nameOf(tag), Tags.STAGES.indexOf(tag), points));
                columns.add(new Table.Column(StageTable.nameOf(tag), "", true));
                for (int i = 0; i < sampled.size(); i++) {
                    rows.get(i).add(Units.share(sampled.get(i).stages().shareOf(tag)));
                }
            }
        }
        String title = "Path " + path.path() + ": where the time of an event goes";
        charts.add(new Chart(id, "shares", title, "Mean of each stage over the sum of the means, sampled events. The "
            + "lock is the two warm stages: lock and unlock.",
            sampled.stream().map(strategy -> strategy.info().name()).toList(), series,
            figures(id, title, columns, rows)));
    }

    static Table figures(
        String id, String title, List<Table.Column> columns, List<List<String>> rows) {
        return new Table(id + "-figures", title, "", columns, List.of(new Table.Group("", rows)), List.of());
    }

    /** A logarithmic axis has no zero; durations below the clock's step are drawn at its first mark. */
    private static double drawable(long valueNs) {
        return Math.max(1, valueNs);
    }

    private int indexOf(StrategySummary strategy) {
        return summary.run().strategies().indexOf(strategy.info());
    }

    private static String percent(double quantile) {
        String text = String.format(Locale.ROOT, "%.2f", quantile * 100);
        return text.replaceAll("\\.?0+$", "") + "%";
    }
}
