package dev.steward.reports.table;

import dev.steward.reports.summary.OutlierTotals;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables of what the slowest events and attach operations waited for. */
public final class OutlierTables {
    /** Shares below this are noise. */
    private static final double SHOWN_FROM = 0.01;
    private static final int SHOWN = 3;

    private OutlierTables() {
    }

    /**
     * Both tables.
     *
     * @param summary of the run
     * @return empty if no cell tells
     */
    public static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        add(tables, summary, "outliers-events", "The slowest events: what they waited for",
            StrategySummary::slowEvents);
        add(tables, summary, "outliers-attaches", "The slowest attach operations: what they waited for",
            StrategySummary::slowAttaches);
        return tables;
    }

    private static void add(
        List<Table> tables, Summary summary, String id, String title,
        Function<StrategySummary, OutlierTotals> which) {
        List<OutlierTotals> totals = summary.paths().stream().flatMap(path -> path.all().stream())
            .map(which).filter(one -> one.count() > 0).toList();
        if (totals.isEmpty()) {
            return;
        }
        tables.add(new Table(id, title,
            "Shares of the time beyond what each stage usually takes, of the slowest percent of those that are timed "
                + "stage by stage.",
            List.of(Table.Column.name("strategy"), Table.Column.figure("slowest", "how many were looked at"),
                Table.Column.figure("from", "latency of the fastest of them"),
                new Table.Column("waited for", "largest shares", false)),
            Groups.of(summary, strategy -> row(strategy, which.apply(strategy))), meanings(totals)));
    }

    private static List<String> row(StrategySummary strategy, OutlierTotals totals) {
        if (totals.count() == 0) {
            return List.of(strategy.info().name(), Units.NONE, Units.NONE, Units.NONE);
        }
        String causes = shown(totals).stream()
            .map(share -> share.cause() + " " + Units.wholeShare(share.share())).collect(Collectors.joining(", "));
        return List.of(strategy.info().name(), Units.exact(totals.count()), Units.duration(totals.thresholdNs()),
            causes.isEmpty() ? Units.NONE : causes);
    }

    private static List<OutlierTotals.Share> shown(OutlierTotals totals) {
        return totals.shares().stream().filter(share -> share.share() >= SHOWN_FROM).limit(SHOWN).toList();
    }

    private static List<String> meanings(List<OutlierTotals> totals) {
        Set<String> meanings = new TreeSet<>();
        totals.forEach(one -> shown(one).forEach(share -> meanings.add(share.cause() + ": " + share.meaning())));
        return List.copyOf(meanings);
    }
}
