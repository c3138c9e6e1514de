package dev.steward.reports.verdict;

import dev.steward.reports.statistics.ChangePoints;
import dev.steward.results.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One figure over the runs of one machine and load.
 *
 * @param figure    for example {@code event p99}
 */
public record Series(
    String host, String scenario, String load, String path, String strategy, String figure, String placement,
    List<Point> points) {
    private static final long SEED = 42;

    /** {@return where it changed for good, in order of time} */
    public List<Change> changes() {
        // Logarithms: a change is a ratio, at 300 ns as at 3 ms.
        double[] logs = points.stream().mapToDouble(point -> Math.log(point.valueNs())).toArray();
        List<ChangePoints.Change> found = ChangePoints.of(logs, SEED);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            int from = i == 0 ? 0 : found.get(i - 1).place();
            int at = found.get(i).place();
            int to = i == found.size() - 1 ? logs.length : found.get(i + 1).place();
            changes.add(new Change(points.get(at), Math.exp(Median.of(Arrays.copyOfRange(logs, at, to))
                - Median.of(Arrays.copyOfRange(logs, from, at))), found.get(i).pValue()));
        }
        return changes;
    }

    /** One run: when it was, ISO-8601 UTC, and its value in nanoseconds. */
    public record Point(String runId, String created, String commit, double valueNs, int cells) {
    }

    /** One change. */
    public record Change(Point first, double ratio, double pValue) {
    }
}
