package dev.steward.reports.table;

import dev.steward.reports.summary.OracleTotal;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import dev.steward.results.RunManifest;
import dev.steward.results.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which promises broke, one sentence for each strategy that broke one. */
final class Promises {
    private final Summary summary;

    private Promises(Summary summary) {
        this.summary = summary;
    }

    static List<String> of(Summary summary) {
        return new Promises(summary).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<String> floors = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        long checks = 0;
        Map<String, List<StrategySummary>> byName = summary.strategies().collect(
            Collectors.groupingBy(one -> one.info().name(), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<StrategySummary>> of : byName.entrySet()) {
            RunManifest.StrategyInfo info = of.getValue().get(0).info();
            Map<String, Long> broken = summary.broken(info);
            long made = of.getValue().stream().flatMap(one -> one.oracles().stream()).mapToLong(OracleTotal::checks)
                .sum();
            if (!info.ranked()) {
                floors.addAll(made + broken.size() == 0 ? List.of() : List.of(floor(of.getKey(), broken)));
            } else if (!broken.isEmpty()) {
                lines.add("BROKEN PROMISES: " + of.getKey() + " broke " + list(broken) + ".");
            } else if (made > 0) {
                kept.add(of.getKey());
                checks += made;
            }
        }
        if (!kept.isEmpty()) {
            floors.add(0, "kept by " + (!lines.isEmpty() || kept.size() == 1 ? String.join(", ", kept)
                : kept.size() == 2 ? "both strategies" : "all " + kept.size() + " strategies")
                + " in " + Units.count(checks) + " checks");
        }
        if (!floors.isEmpty()) {
            lines.add("Promises: " + String.join("; ", floors) + ".");
        }
        return lines;
    }

    private static String floor(String name, Map<String, Long> broken) {
        return broken.isEmpty()
            ? name + ", which has no lock, broke none either: this run proves nothing about them"
            : name + ", which has no lock, broke " + list(broken) + ", as it must";
    }

    private static String list(Map<String, Long> broken) {
        return broken.entrySet().stream().map(of -> of.getKey() + " (" + Units.count(of.getValue()) + ")")
            .collect(Collectors.joining(", "));
    }
}
