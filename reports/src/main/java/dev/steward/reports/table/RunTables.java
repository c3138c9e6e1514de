package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables that put several runs side by side: hosts are columns, other scenarios are other tables. */
public final class RunTables {
    private RunTables() {
    }

    /**
     * What was put together, and the latencies of each scenario with a column for each host.
     *
     * @param runs of a report
     * @return empty for a single run out of a single folder
     */
    public static List<Table> of(RunSet runs) {
        List<Table> tables = new ArrayList<>();
        if (runs.single() && runs.runs().get(0).folders().size() == 1) {
            return tables;
        }
        tables.add(overview(runs));
        int number = 0;
        for (List<Run> scenario : runs.scenarios()) {
            if (scenario.size() > 1) {
                tables.add(byHost("hosts-event-" + number, "Fault events by host", Tags.EVENT_ENQUEUE, scenario));
                tables.add(byHost("hosts-attach-" + number, "Attach by host", Tags.ATTACH, scenario));
                number++;
            }
        }
        return tables;
    }

    private static Table overview(RunSet runs) {
        List<List<String>> rows = new ArrayList<>();
        for (Run run : runs.runs()) {
            rows.add(List.of(run.scenario(), run.host(), String.join(", ", run.folders()),
                run.summary().validCells() + "/" + run.summary().run().cells().size()));
        }
        List<String> notes = new ArrayList<>();
        runs.hosts().forEach((host, about) -> notes.add("Host " + host + ": " + about));
        return new Table("runs", "Runs in this report",
            "Repeats of one scenario on one host and of one commit are put together, histogram by histogram; anything "
                + "else stays apart.",
            List.of(Table.Column.name("scenario"), Table.Column.name("host"), Table.Column.name("folders"),
                Table.Column.figure("ok", "valid cells of planned ones")),
            List.of(new Table.Group("", rows)), notes);
    }

    private static Table byHost(String id, String title, String tag, List<Run> runs) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.name("strategy")));
        for (Run run : runs) {
            columns.add(Table.Column.figure(run.host() + " p50", "median on host " + run.host()));
            columns.add(Table.Column.figure("p99", "99th percentile on host " + run.host()));
        }
        Map<String, Set<String>> strategiesByPath = new LinkedHashMap<>();
        for (Run run : runs) {
            for (PathSummary path : run.summary().paths()) {
                path.all().forEach(strategy -> strategiesByPath
                    .computeIfAbsent(path.path(), key -> new LinkedHashSet<>()).add(strategy.info().name()));
            }
        }
        List<Table.Group> groups = new ArrayList<>();
        strategiesByPath.forEach((path, names) -> groups.add(new Table.Group("path " + path,
            names.stream().map(name -> row(name, path, tag, runs)).toList())));
        return new Table(id, title, "Scenario " + runs.get(0).scenario() + ". Histogram tag " + tag + ", all valid "
            + "repeats of a host added up. Other hosts, other digits: compare strategies within a column.",
            columns, groups, List.of());
    }

    private static List<String> row(String name, String path, String tag, List<Run> runs) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Run run : runs) {
            StrategySummary strategy = run.summary().paths().stream().filter(one -> one.path().equals(path))
                .flatMap(one -> one.all().stream()).filter(one -> one.info().name().equals(name)).findFirst()
                .orElse(null);
            row.add(strategy == null ? Units.NONE : Units.quantile(Quantile.of(strategy.of(tag), 0.5)));
            row.add(strategy == null ? Units.NONE : Units.quantile(Quantile.of(strategy.of(tag), 0.99)));
        }
        return row;
    }
}
