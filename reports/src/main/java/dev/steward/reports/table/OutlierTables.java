package dev.steward.reports.table;

import dev.steward.reports.summary.OutlierTotals;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the slowest events and attach operations waited for. */
final class OutlierTables {
    /** Shares below this are noise. */
    private static final double SHOWN_FROM = 0.01;
    private static final int SHOWN = 3;

    private OutlierTables() {
    }

    /** One table for events and one for attach operations; none if no cell tells. */
    static List<Table> of(Summary summary) {
        List<Table> tables = new ArrayList<>();
        add(tables, summary, "outliers-events", "The slowest events: what they waited for",
            StrategySummary::slowEvents);
        add(tables, summary, "outliers-attaches", "The slowest attach operations: what they waited for",
            StrategySummary::slowAttaches);
        return tables;
    }

    private static void add(
        List<Table> tables, Summary summary, String id, String title, Function<StrategySummary, OutlierTotals> which) {
        List<OutlierTotals> totals = summary.strategies().map(which).filter(one -> one.count() > 0).toList();
        if (totals.isEmpty()) {
            return;
        }
        Layout<OutlierTotals> layout = new Layout<OutlierTotals>("strategy")
            .exact("slowest", "how many were looked at", OutlierTotals::count)
            .duration("from", "latency of the fastest of them", OutlierTotals::thresholdNs)
            .words("waited for", "largest shares", OutlierTables::causes);
        totals.stream().flatMap(one -> shown(one).stream()).map(share -> share.cause() + ": " + share.meaning())
            .collect(Collectors.toCollection(TreeSet::new)).forEach(layout::note);
        tables.add(layout.table(id, title,
            "Shares of the time beyond what each stage usually takes, of the slowest percent of those that are timed "
                + "stage by stage.",
            Layout.strategies(summary, one -> which.apply(one).count() == 0 ? null : which.apply(one))));
    }

    private static String causes(OutlierTotals totals) {
        return shown(totals).isEmpty() ? Units.NONE : shown(totals).stream()
            .map(share -> share.cause() + " " + Units.wholeShare(share.share())).collect(Collectors.joining(", "));
    }

    private static List<OutlierTotals.Share> shown(OutlierTotals totals) {
        return totals.shares().stream().filter(share -> share.share() >= SHOWN_FROM).limit(SHOWN).toList();
    }
}
