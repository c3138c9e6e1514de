package dev.steward.reports.summary;

import dev.steward.results.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * A percentile curve over the axis of nines: x is 1 / (1 - quantile), so that 90 %, 99 % and 99.9 % stand equally far
 * apart on a logarithmic scale. It ends where fewer than ten values lie beyond.
 */
public record Curve(List<Point> points) {
    private static final int POINTS_PER_NINE = 12;
    private static final int MAX_NINES = 7;

    /** {@return its curve; without points if there are too few values} */
    public static Curve of(Distribution values) {
        List<Point> points = new ArrayList<>();
        points.add(pointAt(values, 2));
        for (int step = POINTS_PER_NINE / 2; step <= MAX_NINES * POINTS_PER_NINE; step++) {
            points.add(pointAt(values, Math.pow(10, (double) step / POINTS_PER_NINE)));
        }
        points.removeIf(point -> point.nines() * Quantile.ENOUGH_BEYOND > values.count() * 1.000001);
        return new Curve(points);
    }

    private static Point pointAt(Distribution values, double nines) {
        return new Point(nines, values.valueAtNs(1 - 1 / nines));
    }

    /** One value in nanoseconds at 1 / (1 - quantile), which is 2 or more. */
    public record Point(double nines, long valueNs) {
    }
}
