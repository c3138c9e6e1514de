package dev.steward.reports.table;

import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Table of events by placement class: where cells of several classes were run, only a column of it compares locks. */
public final class PlacementTables {
    private PlacementTables() {
    }

    /**
     * The events of each class.
     *
     * @param summary of the run
     * @return empty if all cells are of one class
     */
    public static List<Table> of(Summary summary) {
        Set<String> classes = new TreeSet<>();
        summary.paths().stream().flatMap(path -> path.all().stream())
            .forEach(strategy -> classes.addAll(strategy.eventsByPlacement().keySet()));
        if (classes.size() < 2) {
            return List.of();
        }
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.name("strategy")));
        for (String one : classes) {
            columns.add(Table.Column.figure(one + " p50", "median of the cells of class " + one));
            columns.add(Table.Column.figure("p99", "99th percentile of the cells of class " + one));
        }
        return List.of(new Table("placement", "Events by placement class",
            "Cache lines between the CPUs of a cell are near, far, or mixed if that changed while it ran. Where cells "
                + "of several classes were run, compare strategies within a column only.",
            columns, Groups.of(summary, strategy -> row(strategy, classes)), List.of()));
    }

    private static List<String> row(StrategySummary strategy, Set<String> classes) {
        List<String> row = new ArrayList<>(List.of(strategy.info().name()));
        for (String one : classes) {
            Latency latency =
                Latency.of(strategy.eventsByPlacement().getOrDefault(one, Distribution.EMPTY));
            row.add(Units.quantile(latency.p50()));
            row.add(Units.quantile(latency.p99()));
        }
        return row;
    }
}
