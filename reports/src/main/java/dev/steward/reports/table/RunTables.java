package dev.steward.reports.table;

import dev.steward.reports.summary.Quantile;
import dev.steward.reports.summary.Run;
import dev.steward.reports.summary.RunSet;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.results.Tags;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Several runs side by side: hosts are columns, other scenarios are other tables. */
final class RunTables {
    private RunTables() {
    }

    /** What was put together, and the latencies of each scenario by host; none for a single run out of one folder. */
    static List<Table> of(RunSet runs) {
        List<Table> tables = new ArrayList<>();
        if (runs.single() && runs.runs().get(0).folders().size() == 1) {
            return tables;
        }
        Layout<Run> overview = new Layout<Run>("scenario").words("host", "", Run::host)
            .words("folders", "", run -> String.join(", ", run.folders()))
            .figure("ok", "cells in the figures, of planned ones",
                run -> run.summary().countedCells() + "/" + run.summary().run().cells().size());
        runs.hosts().forEach((host, about) -> overview.note("Host " + host + ": " + about));
        tables.add(overview.table("runs", "Runs in this report",
            "Repeats of one scenario on one host and of one commit are put together, histogram by histogram; anything "
                + "else stays apart.", runs.runs(), Run::scenario));
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

    /** A row is about the strategies of one name and path, one of each run; null where a run lacks it. */
    private static Table byHost(String id, String title, String tag, List<Run> runs) {
        Layout<List<StrategySummary>> layout = new Layout<>("strategy");
        for (int i = 0; i < runs.size(); i++) {
            String host = runs.get(i).host();
            layout.figure(host + " p50", "median on host " + host, quantile(i, tag, 0.5))
                .figure("p99", "99th percentile on host " + host, quantile(i, tag, 0.99));
        }
        Map<String, Set<String>> namesByPath = new LinkedHashMap<>();
        runs.forEach(run -> run.summary().paths().forEach(path -> path.all().forEach(strategy -> namesByPath
            .computeIfAbsent(path.path(), key -> new LinkedHashSet<>()).add(strategy.info().name()))));
        List<Layout.Group<List<StrategySummary>>> groups = new ArrayList<>();
        namesByPath.forEach((path, names) -> groups.add(new Layout.Group<>("path " + path, names.stream()
            .map(name -> new Layout.Row<>(name,
                runs.stream().map(run -> run.summary().strategy(path, name)).toList())).toList())));
        return layout.table(id, title, "Scenario " + runs.get(0).scenario() + ". Histogram tag " + tag + ", all valid "
            + "repeats of a host added up. Other hosts, other digits: compare strategies within a column.", groups);
    }

    private static Function<List<StrategySummary>, String> quantile(int run, String tag, double quantile) {
        return of -> of.get(run) == null ? Units.NONE : Quantile.text(of.get(run).quantile(tag, quantile));
    }
}
