package dev.steward.reports;

import dev.steward.results.Wording;
import dev.steward.reports.summary.Curve;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.StageShares;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.reports.summary.TimeSeries;
import dev.steward.reports.table.Layout;
import dev.steward.reports.table.Table;
import dev.steward.results.CellHistograms;
import dev.steward.results.Distribution;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Draws up the charts of a run; whatever has no data is skipped. */
final class Charts {
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 0.9999};
    /** In the legend. */
    private static final String HICCUP = "hiccups of the machine";
    /** In the legend; the script draws it as bars. */
    private static final String CHURN = "attach operations per cell";
    /** Stand for machine and churn in place of a strategy. */
    private static final int MACHINE = -1;
    private static final int ATTACHES = -2;

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
        List<Layout.Row<DoubleFunction<Quantile>>> rows = new ArrayList<>();
        for (StrategySummary strategy : path.all()) {
            addCurve(series, rows, strategy.info().name(), indexOf(strategy), strategy.of(tag),
                quantile -> strategy.quantile(tag, quantile));
        }
        if (series.isEmpty()) {
            return;
        }
        addCurve(series, rows, HICCUP, MACHINE, path.hiccup(), quantile -> Quantile.of(path.hiccup(), quantile));
        Layout<DoubleFunction<Quantile>> layout = new Layout<>("strategy");
        for (double quantile : QUANTILES) {
            layout.figure(percent(quantile), "", values -> Quantile.text(values.apply(quantile)));
        }
        String title = "Path " + path.path() + ": " + what + ", percentiles";
        charts.add(new Chart(id, "nines", title, "From the intended start, all valid repeats added up. Each further "
            + "nine takes the same room. A curve ends where fewer than 10 values lie beyond.", List.of(), series,
            figures(layout, id, title, rows)));
    }

    private static void addCurve(
        List<Chart.Series> series, List<Layout.Row<DoubleFunction<Quantile>>> rows, String name, int index,
        Distribution values, DoubleFunction<Quantile> figures) {
        Curve curve = Curve.of(values);
        if (!curve.points().isEmpty()) {
            series.add(new Chart.Series(name, index, curve.points().stream()
                .map(point -> new double[] {point.nines(), drawable(point.valueNs())}).toList()));
            rows.add(new Layout.Row<>(name, figures));
        }
    }

    private void overTime(PathSummary path, String id, String what, String tag) {
        path.overTime(tag).ifPresent(shown -> overTime(path, id,
            what + ", p99 over the measured window" + (shown.equals(tag) ? "" : ", from the real start"), shown,
            shown.equals(tag) ? "" : " From the intended start half of the p99 or more is the generator's lateness."));
    }

    private void overTime(PathSummary path, String id, String what, String tag, String why) {
        List<Chart.Series> series = new ArrayList<>();
        List<Layout.Row<TimeSeries>> rows = new ArrayList<>();
        TreeSet<Long> starts = new TreeSet<>();
        for (StrategySummary strategy : path.all()) {
            TimeSeries overTime = strategy.overTime(tag);
            if (!overTime.points().isEmpty()) {
                rows.add(new Layout.Row<>(strategy.info().name(), overTime));
                overTime.points().forEach(point -> starts.add(point.startMs()));
                series.add(new Chart.Series(strategy.info().name(), indexOf(strategy), overTime.points().stream()
                    .map(point -> new double[] {point.startMs() / 1000.0, drawable(point.p99().valueNs())}).toList()));
            }
        }
        if (series.isEmpty()) {
            return;
        }
        series.addAll(machine(path));
        Layout<TimeSeries> layout = new Layout<>("strategy");
        starts.forEach(start -> layout.figure(Wording.format("%.1fs", start / 1000.0), "", overTime ->
            overTime.points().stream().filter(point -> point.startMs() == start).findFirst()
                .map(point -> Quantile.text(point.p99())).orElse(Units.NONE)));
        String title = "Path " + path.path() + ": " + what;
        charts.add(new Chart(id, "time", title, "Slices of all valid repeats at the same place in the window added "
            + "up; slices with fewer than 100 values are skipped. Dots: the longest hiccup of the machine in each "
            + "slice; bars: attach operations that were due in it." + why, List.of(), series,
            figures(layout, id, title, rows)));
    }

    /** What goes on beside the events while time runs: the machine's hiccups, and the churn. */
    private static List<Chart.Series> machine(PathSummary path) {
        List<Chart.Series> series = new ArrayList<>();
        List<double[]> hiccups = new ArrayList<>();
        TimeSeries.figures(slices(path, Tags.HICCUP), slice -> slice.values().maxNs(), Math::max)
            .forEach((startMs, longestNs) -> hiccups.add(new double[] {startMs / 1000.0, Math.max(1, longestNs)}));
        if (!hiccups.isEmpty()) {
            series.add(new Chart.Series(HICCUP, MACHINE, hiccups));
        }
        Collection<List<CellHistograms.Slice>> attaches = slices(path, Tags.ATTACH);
        List<double[]> churn = new ArrayList<>();
        TimeSeries.figures(attaches, slice -> slice.values().count(), Long::sum).forEach((startMs, count) ->
            churn.add(new double[] {startMs / 1000.0, (double) count / attaches.size()}));
        if (!churn.isEmpty()) {
            series.add(new Chart.Series(CHURN, ATTACHES, churn));
        }
        return series;
    }

    private static Collection<List<CellHistograms.Slice>> slices(PathSummary path, String tag) {
        return path.all().stream().flatMap(strategy -> strategy.perRepeat().stream())
            .map(repeat -> repeat.slices().getOrDefault(tag, List.of())).filter(slices -> !slices.isEmpty()).toList();
    }

    private void shares(PathSummary path, String id) {
        List<StrategySummary> sampled =
            path.all().stream().filter(strategy -> strategy.stages().samples() > 0).toList();
        if (sampled.isEmpty()) {
            return;
        }
        List<Chart.Series> series = new ArrayList<>();
        Layout<StageShares> layout = new Layout<>("strategy");
        for (String tag : Tags.STAGES) {
            List<Double> shares = sampled.stream().map(strategy -> strategy.stages().shareOf(tag)).toList();
            if (!shares.stream().allMatch(share -> share.isNaN())) {
                String stage = tag.substring(tag.indexOf('.') + 1);
                series.add(new Chart.Series(stage, Tags.STAGES.indexOf(tag), IntStream.range(0, shares.size())
                    .mapToObj(i -> new double[] {i, shares.get(i).isNaN() ? 0 : shares.get(i)}).toList()));
                layout.figure(stage, "", stages -> Units.share(stages.shareOf(tag)));
            }
        }
        String title = "Path " + path.path() + ": where the time of an event goes";
        charts.add(new Chart(id, "shares", title, "Mean of each stage over the sum of the means, sampled events. "
            + "What a lock takes is the difference to the floor beside it.", names(sampled), series,
            figures(layout, id, title, rows(sampled, StrategySummary::stages))));
    }

    static List<String> names(List<StrategySummary> strategies) {
        return strategies.stream().map(strategy -> strategy.info().name()).toList();
    }

    static <R> List<Layout.Row<R>> rows(List<StrategySummary> strategies, Function<StrategySummary, R> part) {
        return strategies.stream()
            .map(strategy -> new Layout.Row<>(strategy.info().name(), part.apply(strategy))).toList();
    }

    /** The figures of a chart as a table, for everyone who cannot see it. */
    static <R> Table figures(Layout<R> layout, String id, String title, List<Layout.Row<R>> rows) {
        return layout.table(id + "-figures", title, "", List.of(new Layout.Group<>("", rows)));
    }

    /** A logarithmic axis has no zero; durations below the clock's step are drawn at its first mark. */
    private static double drawable(long valueNs) {
        return Math.max(1, valueNs);
    }

    private int indexOf(StrategySummary strategy) {
        return summary.run().strategies().indexOf(strategy.info());
    }

    private static String percent(double quantile) {
        String text = Wording.format("%.2f", quantile * 100);
        return text.replaceAll("\\.?0+$", "") + "%";
    }
}
