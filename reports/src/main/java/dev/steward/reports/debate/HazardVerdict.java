package dev.steward.reports.debate;

import static dev.steward.reports.debate.Verdict.MERGED;

import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Units;
import dev.steward.results.CellRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Verdict on where events go when vDEVICEs and attaches move at once. Counts, over all repeats. */
final class HazardVerdict {
    private static final String OPS = "OPS";

    private HazardVerdict() {
    }

    static Verdict of(Topic topic) {
        List<StrategySummary> told = topic.points().stream().flatMap(point -> point.summary().paths().stream())
            .flatMap(path -> path.all().stream()).filter(one -> one.deliveries() != null).toList();
        List<String> details = new ArrayList<>();
        told.forEach(one -> details.add(one.info().name() + ", of " + Units.count(all(one.deliveries()))
            + " events: to another guest " + cross(one, "W1") + " in W1, " + cross(one, "W2") + " in W2, "
            + cross(one, OPS) + " out of step (OPS); dropped out of step " + lost(one, OPS) + "."));
        details.add("Out of step: by a pointer that the vDEVICE ops had moved and the attach had not, or by none "
            + "although a domain was installed. W2 every design has by nature: it counts the backlog that an attach "
            + "finds in the queue, which says how late the handlers of this run were and nothing of the designs.");
        if (told.isEmpty()) {
            return new Verdict("open, no cells that tell.", details);
        }
        List<String> hit = told.stream().filter(one -> cross(one, OPS) + lost(one, OPS) + same(one) > 0)
            .map(one -> one.info().name() + " sends " + (cross(one, OPS) + same(one)) + " of "
                + Units.count(all(one.deliveries())) + " events by a pointer out of step and drops " + lost(one, OPS))
            .toList();
        boolean merged = told.stream().anyMatch(one -> one.info().name().equals(MERGED)
            && cross(one, OPS) + lost(one, OPS) + same(one) == 0);
        return new Verdict(hit.isEmpty() ? "no event was misrouted or dropped by a pointer out of step with the attach."
            : String.join("; ", hit) + (merged ? "; " + MERGED + " none." : "."), details);
    }

    private static long cross(StrategySummary one, String window) {
        return one.deliveries().of(window).crossGuest();
    }

    private static long same(StrategySummary one) {
        return one.deliveries().of(OPS).staleSameGuest();
    }

    private static long lost(StrategySummary one, String window) {
        return one.deliveries().of(window).lost();
    }

    private static long all(DeliveryTotals totals) {
        return totals.right() + totals.windows().values().stream().flatMap((CellRecord.WindowCount window) ->
            Stream.of(window.staleSameGuest(), window.crossGuest(), window.lost())).mapToLong(Long::longValue).sum();
    }
}
