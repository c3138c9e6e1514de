package dev.steward.reports.debate;

import dev.steward.reports.debate.Question.Claim;
import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.MeanInterval;
import dev.steward.reports.statistics.Threshold;
import dev.steward.reports.table.Layout;
import dev.steward.results.GridData;
import dev.steward.results.Units;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A claim along the axis that is searched.
 *
 * @param unit   what the axis is called behind a value, after a space
 * @param mover  setting that it was measured under, in words; empty if there is one only
 * @param points rising
 * @param level  of its intervals
 */
record Curve(
    Claim claim, GridData.AxisData axis, String unit, String mover, List<Point> points, double level) {

    /** Beyond these the digits of an interval say nothing. */
    private static final double MOST = 1000;
    private static final double LEAST = 0.01;
    private static final double MOST_NS = 1e9;

    /** From where on the claim holds. */
    String threshold() {
        Threshold found = found();
        String first = value(place(points.get(0)));
        String last = value(place(points.get(points.size() - 1)));
        String below = value(found.below());
        String beyond = value(found.beyond());
        return switch (found.kind()) {
            // Things are counted: where 1 is too few, 2 is the threshold.
            case BETWEEN -> axis.unit().isEmpty() && found.beyond() - found.below() == 1 ? "from " + beyond + unit
                + " on" : "from a point between " + below + " and " + beyond + unit + " on";
            case EVERYWHERE -> "already at the smallest, " + first + unit;
            case NOWHERE -> "none up to " + last + unit;
            case ABOVE -> "not up to " + below + unit + " (open from there to " + last + answered() + ")";
            case UP_TO -> "at the latest from " + beyond + unit + " on (open down to " + first + answered() + ")";
            case OPEN -> "open from " + first + " to " + last + unit + answered();
            case SEVERAL -> "no single threshold, it comes and goes between " + first + " and " + last + unit;
        };
    }

    Threshold found() {
        return Threshold.of(
            points.stream().map(point -> new Threshold.Point(place(point), excess(point))).toList(), level);
    }

    /** Where a value of the axis stands among the points. */
    int indexOf(double value) {
        return IntStream.range(0, points.size()).filter(i -> place(points.get(i)) == value).findFirst().orElseThrow();
    }

    /** A point's value of the axis, in print. */
    String valueOf(Point point) {
        return value(place(point));
    }

    /** What was measured at a point, in print. */
    String measured(Point point) {
        MeanInterval one = point.measured(claim);
        return one == null ? Units.NONE : print(Math.exp(one.mean()));
    }

    /** What the claim is held against, in print. */
    String bound() {
        return print(Math.exp(claim.bound()));
    }

    /** How much of the axis a sentence rests on. */
    private String answered() {
        long told = points.stream().filter(point -> !holds(point).equals("open")).count();
        return told == 0 ? ", no point had an answer" : ", only " + told + " of " + points.size()
            + " points had an answer";
    }

    /** A row for each point. */
    Layout.Group<Point> rows() {
        return new Layout.Group<>(mover,
            points.stream().map(point -> new Layout.Row<>(value(place(point)), point)).toList());
    }

    /** The ratio of the two, or nothing. */
    static String ratio(Claim claim, Point point) {
        MeanInterval measured = point.measured(claim);
        return measured == null ? Units.NONE : factor(Math.exp(measured.mean()));
    }

    /** What the verdict rests on: of a ratio, or of the figure. */
    String interval(Point point) {
        MeanInterval measured = point.measured(claim);
        if (measured == null) {
            return Units.NONE;
        }
        Interval logs = measured.interval(level);
        return print(Math.exp(logs.low())) + "-" + print(Math.exp(logs.high()));
    }

    /** {@return whether a value is printed with its digits} */
    boolean canPrint(double value) {
        return claim.against() != null ? value >= LEAST && value < MOST : value < MOST_NS;
    }

    String print(double value) {
        return claim.against() != null ? factor(value) : value >= MOST_NS ? ">" + Units.duration(MOST_NS)
            : Units.duration(value);
    }

    private static String factor(double ratio) {
        return ratio >= MOST ? ">" + (int) MOST : ratio < LEAST ? "<" + LEAST
            : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Whether the claim holds at a point. */
    String holds(Point point) {
        return switch (new Threshold.Point(place(point), excess(point)).side(level)) {
            case 1 -> "yes";
            case -1 -> "no";
            default -> "open";
        };
    }

    private double place(Point point) {
        return point.at().get(axis.key());
    }

    /** Positive where the claim holds. */
    private MeanInterval excess(Point point) {
        MeanInterval measured = point.measured(claim);
        double sign = claim.falls() ? -1 : 1;
        return measured == null ? null
            : new MeanInterval(sign * (measured.mean() - claim.bound()), measured.variance(), measured.freedom());
    }

    private String value(double at) {
        return Double.isNaN(at) ? Units.NONE : Units.axis(at, axis.unit());
    }
}
