package dev.steward.reports.debate;

import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Layout;
import dev.steward.reports.table.Table;
import dev.steward.results.CellRecord;
import dev.steward.results.Units;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the events of one strategy went, over all points of a question.
 *
 * @param totals not null
 * @param late   events at the old vIOMMU although the attach had returned
 */
record Deliveries(String strategy, DeliveryTotals totals, long late) {
    private static final String LATE = "after-attach-returned";

    static List<Deliveries> of(Topic topic) {
        return topic.comparisons().stream().flatMap(point -> point.summary().strategies())
            .filter(one -> one.deliveries() != null)
            .map(one -> new Deliveries(one.info().name(), one.deliveries(), late(one))).toList();
    }

    private static long late(StrategySummary one) {
        return one.oracles().stream().filter(oracle -> oracle.name().equals(LATE)).mapToLong(OracleTotal::violations)
            .sum();
    }

    long all() {
        return totals.right() + totals.windows().values().stream()
            .mapToLong(window -> window.staleSameGuest() + window.crossGuest() + window.lost()).sum();
    }

    /** A row for each strategy, a column for each window. */
    static Table table(Question question, List<Deliveries> deliveries) {
        Layout<Deliveries> layout = new Layout<Deliveries>("design")
            .figure("right", "events that reached the vIOMMU of the entry that caused them",
                one -> Units.count(one.totals.right()));
        question.answer().counts().forEach(count -> layout.figure(count.window(), "",
            one -> window(one.totals.of(count.window()))));
        layout.figure("late", "", one -> Units.count(one.late))
            .note("right: events that reached the vIOMMU of the entry that caused them")
            .note(windows(question) + ": events in such a window, stale to the same guest + to another guest + lost")
            .note("late: events at the old vIOMMU although the attach had returned");
        question.answer().counts().forEach(count -> layout.note(count.window() + ": " + count.asks()));
        return layout.table(question.name(), question.description(), "", deliveries, Deliveries::strategy);
    }

    private static String windows(Question question) {
        return question.answer().counts().stream().map(Question.Count::window).collect(Collectors.joining(", "));
    }

    private static String window(CellRecord.WindowCount count) {
        return Units.count(count.staleSameGuest()) + "+" + Units.count(count.crossGuest()) + "+"
            + Units.count(count.lost());
    }
}
