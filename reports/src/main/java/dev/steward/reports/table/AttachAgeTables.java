package dev.steward.reports.table;

import dev.steward.reports.summary.Latency;
import dev.steward.reports.summary.PathSummary;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long an attach had returned when events still went by what it had replaced. */
final class AttachAgeTables {
    private static final Layout<Latency> AGES = new Layout<Latency>("strategy")
        .count("events", "so many, due in the measured window", Latency::count)
        .quantile("p50", "median age", Latency::p50)
        .quantile("p99", "99 of 100 were not older", Latency::p99)
        .quantile("p99.9", "999 of 1,000 were not older", Latency::p999)
        .figure("max", "oldest", Latency::maxText);

    private AttachAgeTables() {
    }

    /** One table with the windows of which anything was seen, by path; none if no cell tells. */
    static List<Table> of(Summary summary) {
        List<Layout.Group<Latency>> groups = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            List<StrategySummary> strategies = new ArrayList<>(path.ranked());
            strategies.addAll(path.unranked());
            kinds().forEach((tag, what) -> {
                if (strategies.stream().anyMatch(one -> one.of(tag).count() > 0)) {
                    groups.add(new Layout.Group<>("path " + path.path() + ", " + what, strategies.stream()
                        .map(one -> new Layout.Row<>(one.info().name(), one.latency(tag))).toList()));
                }
            });
        }
        return groups.isEmpty() ? List.of() : List.of(AGES.table("deliveries-age",
            "Deliveries after an attach had returned",
            "Events that happened before the commit of an attach returned and were handled after it, or went to the "
                + "vIOMMU that it had replaced: time since the commit returned. All valid repeats added up. Events "
                + "handled while a commit was under way have no age.", groups));
    }

    /** What a group is about, by tag. */
    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        DeliveryTables.WINDOWS.forEach((window, word) ->
            kinds.put(Tags.EVENT_AFTER + window.toLowerCase(Locale.ROOT), word));
        kinds.put(Tags.EVENT_AFTER_REPLACED, "to the vIOMMU that the attach had replaced");
        return kinds;
    }
}
