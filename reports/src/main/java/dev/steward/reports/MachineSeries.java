package dev.steward.reports;

import dev.steward.reports.folder.CellHistograms;
import dev.steward.reports.folder.Distribution;
import dev.steward.reports.folder.Tags;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.TimeSeries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
        TimeSeries.merged(slices(path, Tags.HICCUP)).forEach((startMs, values) -> {
            if (values.count() > 0) {
                hiccups.add(new double[] {startMs / 1000.0, Math.max(1, values.maxNs())});
            }
        });
        if (!hiccups.isEmpty()) {
            series.add(new Chart.Series(HICCUP, MACHINE, hiccups));
        }
        Collection<List<CellHistograms.Slice>> attaches = slices(path, Tags.ATTACH);
        List<double[]> churn = new ArrayList<>();
        for (Map.Entry<Long, Distribution> slice : TimeSeries.merged(attaches).entrySet()) {
            churn.add(new double[] {slice.getKey() / 1000.0, (double) slice.getValue().count() / attaches.size()});
        }
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
