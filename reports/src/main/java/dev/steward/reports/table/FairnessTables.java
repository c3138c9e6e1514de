package dev.steward.reports.table;

import dev.steward.reports.summary.Fairness;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Tables of how evenly guests and threads were served. */
public final class FairnessTables {
    private FairnessTables() {
    }

    /**
     * One table for each kind of which there are several.
     *
     * @param summary of the run
     * @return may be empty
     */
    public static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        add(tables, summary, "fairness-guests", "Fairness among guests", "mean latency of each guest's events",
            StrategySummary::guestFairness);
        add(tables, summary, "fairness-handlers", "Fairness among handlers", "mean latency of each handler's events",
            StrategySummary::handlerFairness);
        add(tables, summary, "fairness-attach", "Fairness among attach threads",
            "mean latency of each thread's attach operations", StrategySummary::attachFairness);
        return tables;
    }

    private static void add(
        List<Table> tables, Summary summary, String id, String title, String of,
        Function<StrategySummary, Fairness> which) {
        boolean several = summary.paths().stream().flatMap(path -> path.all().stream())
            .anyMatch(strategy -> which.apply(strategy).parties() > 1);
        if (several) {
            tables.add(new Table(id, title,
                "By the " + of + ". Jain's index is 1 if all are alike, and 1 by their number if one bears it all.",
                List.of(Table.Column.name("strategy"), Table.Column.figure("number", "how many"),
                    Table.Column.figure("min", "smallest mean"), Table.Column.figure("mean", "mean of the means"),
                    Table.Column.figure("max", "largest mean"), Table.Column.figure("Jain", "Jain's index")),
                Groups.of(summary, strategy -> row(strategy, which.apply(strategy))), List.of()));
        }
    }

    private static List<String> row(StrategySummary strategy, Fairness fairness) {
        return fairness.parties() < 2
            ? List.of(strategy.info().name(), Integer.toString(fairness.parties()), Units.NONE, Units.NONE, Units.NONE,
                Units.NONE)
            : List.of(strategy.info().name(), Integer.toString(fairness.parties()), Units.duration(fairness.minNs()),
                Units.duration(fairness.meanNs()), Units.duration(fairness.maxNs()),
                String.format(Locale.ROOT, "%.3f", fairness.jain()));
    }
}
