package dev.steward.reports.statistics;

import java.util.List;

/**
 * From where on a figure, measured at a few points of an axis, lies beyond a bound. From either end of the axis each
 * point is tested until the first that does not tell, so the answer is right at the level for all points together
 * whatever the curve looks like; the threshold lies between two points and is not sought by interpolation, since a
 * median may jump. Source of the order of the tests: W. Maurer, L. Hothorn, W. Lehmacher, Multiple comparisons in drug
 * clinical trials and preclinical assays: a-priori ordered hypotheses (1995).
 *
 * @param below  largest point up to which the figure is below the bound at each point; NaN if not even at the first
 * @param beyond smallest point from which it is beyond at each point; NaN if not even at the last
 */
public record Threshold(Kind kind, double below, double beyond) {
    /** What the tests come down to. */
    public enum Kind {
        /** Between {@code below} and {@code beyond}. */
        BETWEEN,
        /** Beyond at all points. */
        EVERYWHERE,
        /** Below at all points. */
        NOWHERE,
        /** Below up to {@code below}; from where on it is beyond the points do not tell. */
        ABOVE,
        /** Beyond from {@code beyond} on; below at no point that tells. */
        UP_TO,
        /** Neither end tells. */
        OPEN,
        /** Beyond at a point and below at a larger one, so there is no single threshold. */
        SEVERAL
    }

    /**
     * One point.
     *
     * @param at     value of the axis, 0 or more
     * @param excess of the figure over the bound; null if it was not measured often enough
     */
    public record Point(double at, MeanInterval excess) {
        /** {@return 1 if it is beyond the bound, -1 if it is below, 0 if it does not tell} */
        public int side(double level) {
            if (excess == null) {
                return 0;
            }
            Interval interval = excess.interval(level);
            return interval.low() > 0 ? 1 : interval.high() < 0 ? -1 : 0;
        }
    }

    /**
     * Finds it.
     *
     * @param points rising, at least one
     * @param level  of the interval from {@code below} to {@code beyond}: above 0 and below 1
     */
    public static Threshold of(List<Point> points, double level) {
        int[] sides = points.stream().mapToInt(point -> point.side(level)).toArray();
        int low = -1;
        while (low + 1 < sides.length && sides[low + 1] < 0) {
            low++;
        }
        int high = sides.length;
        while (high > 0 && sides[high - 1] > 0) {
            high--;
        }
        return new Threshold(kind(sides, low, high), low < 0 ? Double.NaN : points.get(low).at(),
            high == sides.length ? Double.NaN : points.get(high).at());
    }

    private static Kind kind(int[] sides, int low, int high) {
        boolean beyondBefore = false;
        for (int side : sides) {
            if (side < 0 && beyondBefore) {
                return Kind.SEVERAL;
            }
            beyondBefore |= side > 0;
        }
        if (low == sides.length - 1) {
            return Kind.NOWHERE;
        }
        if (high == 0) {
            return Kind.EVERYWHERE;
        }
        return low < 0 ? high == sides.length ? Kind.OPEN : Kind.UP_TO
            : high == sides.length ? Kind.ABOVE : Kind.BETWEEN;
    }
}
