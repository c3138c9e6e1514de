package dev.steward.reports.table;

import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tables of where events went, compared with the stream table entries that caused them. */
public final class DeliveryTables {
    private static final List<String> ELSEWHERE = List.of("W1", "W2");
    private static final List<String> STALE = List.of("W5", "W6");
    private static final String OPS = "OPS";
    private static final List<String> LOST = List.of("W3", "W4", "W6", "W7", "W8");

    private DeliveryTables() {
    }

    /**
     * The tables: one for stale ones, one for lost ones, and, where there are any, one for the hazard of a design.
     *
     * @param summary of the run
     * @return empty if no cell tells
     */
    public static List<Table> of(Summary summary) {
        List<DeliveryTotals> all = summary.paths().stream().flatMap(path -> path.all().stream())
            .map(StrategySummary::deliveries).filter(Objects::nonNull).toList();
        if (all.isEmpty()) {
            return List.of();
        }
        boolean outOfStep = all.stream().map(totals -> totals.of(OPS))
            .anyMatch(ops -> ops.staleSameGuest() + ops.crossGuest() + ops.lost() > 0);
        return outOfStep ? List.of(stale(summary), lost(summary), outOfStep(summary))
            : List.of(stale(summary), lost(summary));
    }

    private static Table outOfStep(Summary summary) {
        return new Table("deliveries-ops", "Deliveries, continued: vDEVICE ops and attach out of step",
            "No window of the merged design: two links decide about one event, one set by the vDEVICE, one by the "
                + "attach, and nobody keeps them in step.",
            List.of(Table.Column.name("strategy"),
                Table.Column.figure("OPS same", "by a pointer that is not of the installed domain, same guest"),
                Table.Column.figure("OPS CROSS", "the same, to another guest"),
                Table.Column.figure("OPS lost", "to nobody: no pointer although a domain was installed"),
                Table.Column.figure("oldest", "longest time between such an event and its handling")),
            Groups.of(summary, strategy -> {
                DeliveryTotals totals = strategy.deliveries();
                if (totals == null) {
                    return CorrectnessTables.dashes(strategy, 4);
                }
                return List.of(strategy.info().name(), Units.count(totals.of(OPS).staleSameGuest()),
                    Units.count(totals.of(OPS).crossGuest()), Units.count(totals.of(OPS).lost()),
                    oldest(totals, List.of(OPS)));
            }),
            List.of());
    }

    private static Table stale(Summary summary) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.name("strategy"),
            Table.Column.figure("right", "went where the entry that caused them says")));
        for (String window : ELSEWHERE) {
            columns.add(Table.Column.figure(window + " same", "to another vIOMMU of the same guest"));
            columns.add(Table.Column.figure(window + " CROSS", "to the vIOMMU of another guest"));
        }
        for (String window : STALE) {
            columns.add(Table.Column.figure(window, "stale, to the same guest"));
        }
        columns.add(Table.Column.figure("oldest", "longest time between such an event and its handling"));
        return new Table("deliveries", "Deliveries: stale and to another guest",
            "Each event compared with the stream table entry that caused it. Counts of whole runs, summed over the "
                + "cells; the design that was merged has some of these by nature.",
            columns, Groups.of(summary, strategy -> {
                DeliveryTotals totals = strategy.deliveries();
                if (totals == null) {
                    return CorrectnessTables.dashes(strategy, columns.size() - 1);
                }
                List<String> row = new ArrayList<>(
                    List.of(strategy.info().name(), Units.count(totals.right())));
                for (String window : ELSEWHERE) {
                    row.add(Units.count(totals.of(window).staleSameGuest()));
                    row.add(Units.count(totals.of(window).crossGuest()));
                }
                for (String window : STALE) {
                    row.add(Units.count(totals.of(window).staleSameGuest()));
                }
                row.add(oldest(totals, List.of("W1", "W2", "W5", "W6")));
                return row;
            }),
            meanings(summary));
    }

    private static Table lost(Summary summary) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.name("strategy")));
        for (String window : LOST) {
            columns.add(Table.Column.figure(window, "to nobody"));
        }
        columns.add(Table.Column.figure("oldest", "longest time between such an event and its handling"));
        columns.add(Table.Column.figure("blocked", "events of a device that was blocked at the time"));
        return new Table("deliveries-lost", "Deliveries, continued: events that reached no guest",
            "By window. Blocked: no nested entry caused them; such a device is silent in hardware, here its load "
                + "goes on.",
            columns, Groups.of(summary, strategy -> {
                DeliveryTotals totals = strategy.deliveries();
                if (totals == null) {
                    return CorrectnessTables.dashes(strategy, columns.size() - 1);
                }
                List<String> row = new ArrayList<>(List.of(strategy.info().name()));
                for (String window : LOST) {
                    row.add(Units.count(totals.of(window).lost()));
                }
                row.add(oldest(totals, List.of("W3", "W4", "W7", "W8")));
                row.add(Units.count(totals.unprovoked()));
                return row;
            }),
            List.of());
    }

    private static String oldest(DeliveryTotals totals, List<String> windows) {
        long oldest = windows.stream().mapToLong(window -> totals.of(window).oldestNs()).max().orElse(0);
        return oldest == 0 ? Units.NONE : Units.duration(oldest);
    }

    private static List<String> meanings(Summary summary) {
        Map<String, String> meanings = new LinkedHashMap<>();
        summary.finished().stream().map(CellRecord::deliveries).filter(one -> one != null)
            .flatMap(one -> one.windows().stream())
            .forEach(window -> meanings.putIfAbsent(window.window(), window.meaning()));
        List<String> notes = new ArrayList<>();
        meanings.forEach((window, meaning) -> notes.add(window + " = " + meaning));
        return notes;
    }
}
