package dev.steward.reports;

import dev.steward.results.Wording;
import dev.steward.reports.summary.Grid;
import dev.steward.reports.summary.LoadRate;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Layout;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Draws what only several runs can show: latency against load, and where which strategy has the lowest latency. */
final class AcrossRuns {
    private static final String STORM_RATE = "storm.rate";
    private static final String CHURN_RATE = "churn.rate";

    private AcrossRuns() {
    }

    static List<Chart> charts(RunSet runs) {
        List<Chart> charts = new ArrayList<>();
        for (Grid grid : Grid.of(runs)) {
            String key = grid.keys().get(0);
            if (!key.equals(STORM_RATE) && !key.equals(CHURN_RATE)) {
                continue;
            }
            int number = 0;
            for (String row : grid.rows()) {
                for (String path : grid.byPlace().get(row).size() < 2 ? List.<String>of() : paths(grid)) {
                    String suffix = "-" + grid.host().toLowerCase(Locale.ROOT) + "-" + number++;
                    Curves curves = new Curves(grid, row, path);
                    curves.add(charts, Tags.EVENT_ENQUEUE, 0.5, "load-event-median" + suffix);
                    curves.add(charts, Tags.EVENT_ENQUEUE, 0.99, "load-event-tail" + suffix);
                    curves.add(charts, Tags.ATTACH, 0.99, "load-attach-tail" + suffix);
                }
            }
        }
        return charts;
    }

    static List<HeatMap> maps(RunSet runs) {
        List<HeatMap> maps = new ArrayList<>();
        for (Grid grid : Grid.of(runs)) {
            for (String path : paths(grid)) {
                maps.add(map(grid, path, Tags.EVENT_ENQUEUE, "map-event-" + maps.size()));
                maps.add(map(grid, path, Tags.ATTACH, "map-attach-" + maps.size()));
            }
        }
        return maps;
    }

    private static HeatMap map(Grid grid, String path, String tag, String id) {
        List<String> names = names(grid, path);
        List<HeatMap.Row> rows = new ArrayList<>();
        for (String row : grid.rows()) {
            rows.add(new HeatMap.Row(row.isEmpty() ? "all else equal" : row, grid.columns().stream()
                .map(column -> cell(grid.byPlace().get(row).get(column), path, tag, names)).toList()));
        }
        return new HeatMap(id, "Path " + path + ", host " + grid.host() + ": lowest p99 of "
            + (tag.equals(Tags.ATTACH) ? "attaches" : "events"),
            "Ranked strategies with a p99. Several names: the ranges of their repeats overlap, so the order is open. "
                + "Not compared: a single repeat has no range. The machine: half of a p99 or more is the load "
                + "generator's lateness.",
            (grid.keys().size() > 1 ? grid.keys().get(1) + " \\ " : "") + grid.keys().get(0), grid.columns(), rows);
    }

    private static HeatMap.Cell cell(Run run, String path, String tag, List<String> names) {
        List<StrategySummary> sorted = run == null ? List.of()
            : run.summary().strategies().filter(one -> one.path().equals(path) && one.info().ranked())
                .filter(strategy -> Quantile.of(strategy.of(tag), 0.99).support() != Quantile.Support.NONE)
                .sorted(Comparator.comparingLong(strategy -> strategy.of(tag).valueAtNs(0.99))).toList();
        if (sorted.isEmpty()) {
            return new HeatMap.Cell(Units.NONE, "", -1);
        }
        StrategySummary lowest = sorted.get(0);
        String from = Units.duration(lowest.of(tag).valueAtNs(0.99));
        String to = Units.duration(sorted.get(sorted.size() - 1).of(tag).valueAtNs(0.99));
        String all = from.equals(to) ? from : from + " to " + to;
        if (sorted.stream().anyMatch(one -> one.quantile(tag, 0.99).support() == Quantile.Support.MACHINE)) {
            return new HeatMap.Cell("the machine", all, -1);
        }
        if (sorted.size() < 2 || sorted.stream().anyMatch(one -> one.range(tag, 0.99).repeats() < 2)) {
            return new HeatMap.Cell("not compared", all, -1);
        }
        List<String> open = sorted.stream().filter(strategy -> overlap(lowest, strategy, tag))
            .map(strategy -> strategy.info().name()).toList();
        return open.size() > 1 ? new HeatMap.Cell(shortened(open), all, -1)
            : new HeatMap.Cell(lowest.info().name(), from + Wording.format(", next %.2fx",
                (double) sorted.get(1).of(tag).valueAtNs(0.99) / Math.max(1, lowest.of(tag).valueAtNs(0.99))),
                names.indexOf(lowest.info().name()));
    }

    private static String shortened(List<String> names) {
        return names.size() <= 2 ? String.join(", ", names)
            : String.join(", ", names.subList(0, 2)) + " and " + (names.size() - 2) + " more";
    }

    private static boolean overlap(StrategySummary lowest, StrategySummary other, String tag) {
        return other.range(tag, 0.99).lowest().valueNs() <= lowest.range(tag, 0.99).highest().valueNs();
    }

    private static List<String> paths(Grid grid) {
        return strategies(grid).map(StrategySummary::path).distinct().toList();
    }

    private static List<String> names(Grid grid, String path) {
        return strategies(grid).filter(strategy -> strategy.path().equals(path))
            .map(strategy -> strategy.info().name()).distinct().toList();
    }

    private static Stream<StrategySummary> strategies(Grid grid) {
        return grid.byPlace().values().stream().flatMap(row -> row.values().stream())
            .flatMap(run -> run.summary().strategies());
    }

    /** Latency against load on one path, all other settings fixed. */
    private record Curves(Grid grid, String row, String path) {
        void add(List<Chart> charts, String tag, double quantile, String id) {
            boolean storm = grid.keys().get(0).equals(STORM_RATE);
            List<Chart.Series> series = new ArrayList<>();
            List<String> names = names(grid, path);
            for (String name : names) {
                TreeMap<Double, Double> points = new TreeMap<>();
                for (String column : grid.columns()) {
                    StrategySummary strategy = strategy(column, name);
                    LoadRate rate = strategy == null ? null : storm ? strategy.storm() : strategy.churn();
                    Quantile value = strategy == null ? null : strategy.quantile(tag, quantile);
                    if (rate != null && value.support() != Quantile.Support.NONE) {
                        points.put(rate.targetPerSecond(), (double) Math.max(1, value.valueNs()));
                    }
                }
                if (!points.isEmpty()) {
                    series.add(new Chart.Series(name, names.indexOf(name), points.entrySet().stream()
                        .map(point -> new double[] {point.getKey(), point.getValue()}).toList()));
                }
            }
            if (series.isEmpty()) {
                return;
            }
            Layout<String> layout = new Layout<>("strategy");
            grid.columns().forEach(column -> layout.figure(column, "", name -> strategy(column, name) == null
                ? Units.NONE : Quantile.text(strategy(column, name).quantile(tag, quantile))));
            String title = "Path " + path + ", host " + grid.host()
                + (row.isEmpty() ? "" : ", " + grid.keys().get(1) + " " + row) + ": "
                + (quantile < 0.9 ? "median" : "p99") + " of "
                + (tag.equals(Tags.ATTACH) ? "attaches" : "events") + " against the offered "
                + (storm ? "storm" : "churn");
            charts.add(new Chart(id, "load", title,
                "One point for each run. Everything else in the scenarios is the same.",
                List.of(), series, layout.table(id + "-figures", title, "", names, Function.identity())));
        }

        private StrategySummary strategy(String column, String name) {
            Run run = grid.byPlace().get(row).get(column);
            return run == null ? null : run.summary().strategy(path, name);
        }
    }
}
