package dev.steward.reports.summary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Runs on one host whose scenarios differ in one setting or two, and in nothing else. Immutable.
 *
 * @param columns values of the first, ascending
 * @param rows    values of the second, ascending; a single empty one if there is no second
 * @param byPlace runs by row, then column; a place that was not measured has none
 */
public record Grid(
    String host, List<String> keys, List<String> columns, List<String> rows, Map<String, Map<String, Run>> byPlace) {
    private static final int MOST_KEYS = 2;

    /** {@return the grids in a set: one for each host with two or more runs that differ in one or two settings} */
    public static List<Grid> of(RunSet runs) {
        Map<String, List<Run>> byHost = new LinkedHashMap<>();
        runs.runs().forEach(run -> byHost.computeIfAbsent(run.host(), key -> new ArrayList<>()).add(run));
        List<Grid> grids = new ArrayList<>();
        byHost.forEach((host, ofHost) -> {
            List<String> keys = differing(ofHost);
            if (ofHost.size() > 1 && !keys.isEmpty() && keys.size() <= MOST_KEYS) {
                grids.add(grid(host, keys, ofHost));
            }
        });
        return grids;
    }

    private static Grid grid(String host, List<String> keys, List<Run> runs) {
        Map<String, Map<String, Run>> byPlace = new LinkedHashMap<>();
        TreeSet<String> columns = new TreeSet<>(byNumber());
        TreeSet<String> rows = new TreeSet<>(byNumber());
        for (Run run : runs) {
            String column = run.settings().getOrDefault(keys.get(0), "");
            String row = keys.size() < 2 ? "" : run.settings().getOrDefault(keys.get(1), "");
            columns.add(column);
            rows.add(row);
            byPlace.computeIfAbsent(row, key -> new LinkedHashMap<>()).put(column, run);
        }
        return new Grid(host, keys, List.copyOf(columns), List.copyOf(rows), byPlace);
    }

    private static List<String> differing(List<Run> runs) {
        // Reverse order of names: the storm's rate becomes the columns, the churn's the rows.
        List<String> keys = new ArrayList<>(SettingAxis.differing(runs));
        Collections.reverse(keys);
        return keys;
    }

    private static Comparator<String> byNumber() {
        return Comparator.comparing((String text) -> SettingValue.of(text).map(SettingValue::number).orElse(null),
            Comparator.nullsLast(Comparator.naturalOrder())).thenComparing(Comparator.naturalOrder());
    }
}
