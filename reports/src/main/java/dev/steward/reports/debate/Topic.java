package dev.steward.reports.debate;

import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.summary.Summary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One question with what was measured for it.
 *
 * @param name     of its grid, begins with its number
 * @param question as it was asked
 * @param axes     settings that change, with their units
 * @param points   what was measured where, in the order of the grid
 */
public record Topic(String name, String question, Map<String, String> axes, List<Point> points) {
    /** Copies the list. */
    public Topic {
        points = List.copyOf(points);
    }

    /**
     * One point.
     *
     * @param at      value of each axis
     * @param summary of its comparison
     */
    public record Point(Map<String, Double> at, Summary summary) {
        /** A strategy on a path, if it ran. */
        Optional<StrategySummary> of(String path, String strategy) {
            return summary.paths().stream().filter(one -> one.path().equals(path))
                .flatMap(one -> one.all().stream()).filter(one -> one.info().name().equals(strategy)).findFirst();
        }
    }
}
