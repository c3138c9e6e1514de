package dev.steward.reports;

import dev.steward.reports.statistics.ChangePoints;
import dev.steward.results.Wording;
import dev.steward.reports.table.ComparisonTable;
import dev.steward.reports.table.Layout;
import dev.steward.results.Units;
import dev.steward.reports.verdict.PastRun;
import dev.steward.reports.verdict.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Past runs for the terminal: a list of them, and each figure as a line of bars with its changes. */
public final class HistoryReport {
    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String SIGNS = "_.-~=+*#";
    private static final int WIDEST = 40;

    private HistoryReport() {
    }

    /** {@return a table of the runs, which are in order of time} */
    public static String list(List<PastRun> runs) {
        return String.join("\n", TextTable.lines(new Layout<PastRun>("run").words("created", "", PastRun::created)
            .words("scenario", "", PastRun::scenario).words("commit", "", PastRun::commit)
            .words("host", "", PastRun::host)
            .table("runs", "Runs in the history: " + runs.size(), "", runs, PastRun::id))) + "\n";
    }

    /** {@return the series as bars, of block characters if the terminal knows them} */
    public static String show(List<Series> all, boolean unicode) {
        List<String> lines = new ArrayList<>();
        String head = "";
        List<Series> grouped = new ArrayList<>(all);
        grouped.sort(Comparator.comparing(HistoryReport::groupOf));
        for (Series series : grouped) {
            String group = groupOf(series);
            if (!group.equals(head)) {
                lines.add("");
                lines.addAll(Ascii.wrap(group, "", "  ", TextTable.WIDTH));
                head = group;
            }
            lines.add("  " + Ascii.clean(series.strategy()) + ", " + Ascii.clean(series.figure()) + ": "
                + bars(series, unicode) + "  " + range(series));
            for (Series.Change change : series.changes()) {
                lines.addAll(Ascii.wrap(Wording.format("%s from run %s on (%s, commit %s), p = %.3f",
                    ComparisonTable.percent(change.ratio()), change.first().runId(), change.first().created(),
                    change.first().commit(), change.pValue()), "    ", "      ", TextTable.WIDTH));
            }
        }
        lines.add("");
        int most = all.stream().mapToInt(series -> series.points().size()).max().orElse(0);
        lines.addAll(Ascii.wrap(most < ChangePoints.FEWEST
            ? "No change points: they need " + ChangePoints.FEWEST + " runs of one machine, scenario and placement "
                + "class; the most there are is " + most + "."
            : "Bars from the lowest to the highest run of a line, oldest first. Changes: E-divisive, chance of a false "
                + "one at each figure 1%.", "", "", TextTable.WIDTH));
        return String.join("\n", lines.subList(1, lines.size())) + "\n";
    }

    private static String groupOf(Series series) {
        return series.host() + "; scenario " + series.scenario() + " (" + series.load() + "); path " + series.path()
            + "; CPUs " + series.placement();
    }

    private static String range(Series series) {
        double low = series.points().stream().mapToDouble(Series.Point::valueNs).min().orElseThrow();
        double high = series.points().stream().mapToDouble(Series.Point::valueNs).max().orElseThrow();
        return Units.duration(low) + ".." + Units.duration(high) + ", "
            + Wording.counted(series.points().size(), "run");
    }

    /** The latest runs alone where there are more than fit. */
    private static String bars(Series series, boolean unicode) {
        String levels = unicode ? BLOCKS : SIGNS;
        List<Series.Point> shown =
            series.points().subList(Math.max(0, series.points().size() - WIDEST), series.points().size());
        double low = Math.log(shown.stream().mapToDouble(Series.Point::valueNs).min().orElseThrow());
        double high = Math.log(shown.stream().mapToDouble(Series.Point::valueNs).max().orElseThrow());
        StringBuilder bars = new StringBuilder();
        for (Series.Point point : shown) {
            double height = high > low ? (Math.log(point.valueNs()) - low) / (high - low) : 0;
            bars.append(levels.charAt((int) Math.min(levels.length() - 1, height * levels.length())));
        }
        return bars.toString();
    }
}
