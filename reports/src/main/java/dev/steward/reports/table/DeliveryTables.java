package dev.steward.reports.table;

import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.CellRecord;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Where events went, compared with the stream table entries that caused them. */
final class DeliveryTables {
    private static final String OPS = "OPS";
    /** Head of a window's column, and what its note begins with; the files have its number in docs/domain.md. */
    private static final Map<String, String> WORDS = Map.of("W1", "early", "W2", "queued", "W3", "detached", "W4",
        "attached", "W5", "old id", "W6", "V=0", "W7", "released", "W8", "stalled");
    /** All windows in their order, with the words of the columns. */
    static final Map<String, String> WINDOWS = windows();
    private static final Layout<DeliveryTotals> LOST = lost();
    private static final Layout<DeliveryTotals> INCONSISTENT = new Layout<DeliveryTotals>("strategy")
        .count("OPS same", "by a pointer that is not of the installed domain, same guest",
            totals -> totals.of(OPS).staleSameGuest())
        .count("OPS CROSS", "the same, to another guest", totals -> totals.of(OPS).crossGuest())
        .count("OPS lost", "to nobody: no pointer although a domain was installed", totals -> totals.of(OPS).lost())
        .figure("oldest", "longest time between such an event and its handling", totals -> oldest(totals, OPS));

    private DeliveryTables() {
    }

    /** Stale ones, lost ones and, where it showed, the hazard of a design; none if no cell tells. */
    static List<Table> of(Summary summary) {
        List<DeliveryTotals> all =
            summary.strategies().map(StrategySummary::deliveries).filter(Objects::nonNull).toList();
        if (all.isEmpty()) {
            return List.of();
        }
        List<Table> tables = new ArrayList<>();
        tables.add(stale(summary).table("deliveries", "Deliveries: stale and to another guest",
            "Each event compared with the stream table entry that caused it. Counts of whole runs, summed over the "
                + "cells; the design that was merged has some of these by nature.",
            Layout.strategies(summary, StrategySummary::deliveries)));
        tables.add(LOST.table("deliveries-lost", "Deliveries, continued: events that reached no guest",
            "By window. Blocked: no nested entry caused them; such a device is silent in hardware, here its load "
                + "continues.",
            Layout.strategies(summary, StrategySummary::deliveries)));
        if (all.stream().map(totals -> totals.of(OPS))
            .anyMatch(ops -> ops.staleSameGuest() + ops.crossGuest() + ops.lost() > 0)) {
            tables.add(INCONSISTENT.table("deliveries-ops",
                "Deliveries, continued: vDEVICE ops and attach inconsistent",
                "No window of the merged design: two links decide about one event, one set by the vDEVICE, one by the "
                    + "attach, and nothing keeps them consistent.",
                Layout.strategies(summary, StrategySummary::deliveries)));
        }
        return tables;
    }

    private static Layout<DeliveryTotals> stale(Summary summary) {
        Layout<DeliveryTotals> layout = new Layout<DeliveryTotals>("strategy")
            .count("right", "reached the vIOMMU of the entry that caused them", DeliveryTotals::right);
        for (String window : List.of("W1", "W2")) {
            layout.count(WORDS.get(window), "to another vIOMMU of the same guest",
                totals -> totals.of(window).staleSameGuest());
            layout.count("other", "the same, to another guest", totals -> totals.of(window).crossGuest());
        }
        for (String window : List.of("W5", "W6")) {
            layout.count(WORDS.get(window), "stale, to the same guest", totals -> totals.of(window).staleSameGuest());
        }
        layout.figure("oldest", "longest time between such an event and its handling",
            totals -> oldest(totals, "W1", "W2", "W5", "W6"));
        Map<String, String> meanings = new LinkedHashMap<>();
        summary.finished().stream().map(CellRecord::deliveries).filter(Objects::nonNull)
            .flatMap(one -> one.windows().stream())
            .forEach(window -> meanings.putIfAbsent(window.window(), window.meaning()));
        layout.note("other = those of the column before that went to another guest");
        meanings.forEach((window, meaning) -> layout.note(WORDS.getOrDefault(window, window) + " = " + meaning));
        return layout;
    }

    private static Map<String, String> windows() {
        Map<String, String> windows = new TreeMap<>(WORDS);
        windows.put(OPS, "vDEVICE ops");
        return Collections.unmodifiableMap(windows);
    }

    private static Layout<DeliveryTotals> lost() {
        Layout<DeliveryTotals> layout = new Layout<>("strategy");
        for (String window : List.of("W3", "W4", "W6", "W7", "W8")) {
            layout.count(WORDS.get(window), "to nobody", totals -> totals.of(window).lost());
        }
        return layout
            .figure("oldest", "longest time between such an event and its handling",
                totals -> oldest(totals, "W3", "W4", "W7", "W8"))
            .count("blocked", "events of a device that was blocked at the time", DeliveryTotals::unprovoked);
    }

    private static String oldest(DeliveryTotals totals, String... windows) {
        long oldest = List.of(windows).stream().mapToLong(window -> totals.of(window).oldestNs()).max().orElse(0);
        return oldest == 0 ? Units.NONE : Units.duration(oldest);
    }
}
