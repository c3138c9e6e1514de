package dev.steward.reports.table;

import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lays the strategies of a run out as rows: by path, strategies first, floors and negative controls apart. */
final class Groups {
    private Groups() {
    }

    static List<Table.Group> of(Summary summary, Function<StrategySummary, List<String>> row) {
        List<Table.Group> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            groups.addAll(of(path, "path " + path.path(), row));
        }
        return groups;
    }

    static List<Table.Group> of(
        PathSummary path, String head, Function<StrategySummary, List<String>> row) {
        List<Table.Group> groups = new ArrayList<>();
        addUnlessEmpty(groups, head, path.ranked(), row);
        addUnlessEmpty(groups, head + ", not ranked: the floor, wrong on purpose", path.unranked(), row);
        return groups;
    }

    private static void addUnlessEmpty(
        List<Table.Group> groups, String head, List<StrategySummary> strategies,
        Function<StrategySummary, List<String>> row) {
        if (!strategies.isEmpty()) {
            groups.add(new Table.Group(head, strategies.stream().map(row).toList()));
        }
    }
}
