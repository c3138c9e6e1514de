package dev.steward.reports;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.TimeSeries;
import dev.steward.results.CellHistograms;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What goes on beside the events while time runs: the machine's hiccups, and the churn. */
final class MachineSeries {
    /** In the legend. */
    static final String HICCUP = "hiccups of the machine";
    /** In the legend; the script draws it as bars. */
    static final String CHURN = "attach operations per cell";
    /** Stands for the machine in place of a strategy. */
    static final int MACHINE = -1;
    /** Stands for the churn in place of a strategy. */
    static final int ATTACHES = -2;

    private MachineSeries() {
    }

    static List<Chart.Series> of(PathSummary path) {
        List<Chart.Series> series = new ArrayList<>();
        List<double[]> hiccups = new ArrayList<>();
        TimeSeries.figures(slices(path, Tags.HICCUP), slice -> slice.values().maxNs(), Math::max)
            .forEach((startMs, longestNs) ->
                hiccups.add(new double[] {startMs / 1000.0, Math.max(1, longestNs)}));
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
}
