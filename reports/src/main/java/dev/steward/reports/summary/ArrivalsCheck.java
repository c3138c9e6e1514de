package dev.steward.reports.summary;

import dev.steward.reports.read.ResultFolder;
import dev.steward.results.CellResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether all strategies met the same scheduled arrivals in the same repeat, as their digests have it.
 *
 * @param compared    number of (path, repeat) pairs with two or more finished cells
 * @param differences those in which the digests differ, as {@code ring r2}
 */
public record ArrivalsCheck(int compared, List<String> differences) {
    /** Copies the list. */
    public ArrivalsCheck {
        differences = List.copyOf(differences);
    }

    static ArrivalsCheck of(ResultFolder folder) {
        Map<String, List<String>> digests = new TreeMap<>();
        for (CellResult cell : folder.cells()) {
            digests.computeIfAbsent(cell.json().path() + " r" + cell.json().repeat(), key -> new ArrayList<>())
                .add(cell.json().arrivalsDigest());
        }
        digests.values().removeIf(list -> list.size() < 2);
        List<String> differences = digests.entrySet().stream()
            .filter(entry -> new TreeSet<>(entry.getValue()).size() > 1).map(Map.Entry::getKey).toList();
        return new ArrivalsCheck(digests.size(), differences);
    }
}
