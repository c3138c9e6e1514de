package dev.steward.reports.debate;

import dev.steward.reports.debate.Question.Claim;
import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.MeanInterval;
import dev.steward.reports.statistics.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A claim along the axis that is searched, as it can be drawn: a row for each point, rising, and the bound. Places are
 * on a logarithmic scale from 0, its left end, to 1. Immutable.
 *
 * @param claim   the sentence, with neither a value nor a full stop
 * @param mover   setting that it was measured under, in words; empty if there is one only
 * @param bound   beyond which it holds, in print
 * @param boundAt place of the bound
 * @param first   first of the rows between which the threshold lies, -1 if no row tells or it lies beyond all
 * @param last    last of these rows
 * @param ticks   round numbers along the scale, away from the bound, from left to right
 */
public record Plot(
    String claim, String mover, String bound, double boundAt, int first, int last, List<Row> rows,
    List<Tick> ticks) {
    /** An interval may be wider than all that was measured lies apart; it is drawn so many times that far. */
    private static final double WIDEST = 0.5;
    /** Less than this share lies apart nowhere: noise would fill the picture. */
    private static final double LEAST_SPAN = 0.2;
    private static final double MARGIN = 0.06;
    /** What stands at the very edge would be cut. */
    private static final double EDGE = 0.04;
    /** Two numbers of the scale on a phone. */
    private static final double APART = 0.17;
    /** Of each decade. */
    private static final double[][] ROUND = {
        {1}, {1, 2, 5}, {1, 1.5, 2, 3, 5, 7}, {1, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 9.5}};

    /** Copies the list. */
    public Plot {
        rows = List.copyOf(rows);
        ticks = List.copyOf(ticks);
    }

    /**
     * A number along the scale.
     *
     * @param at   its place
     * @param text in print
     */
    public record Tick(double at, String text) {
    }

    /**
     * One point.
     *
     * @param value    of the axis, in print
     * @param at       place of what was measured; NaN if nothing was
     * @param low      place of the lower end of its interval, below 0 if it is out
     * @param high     place of the upper end, above 1 if it is out
     * @param measured in print
     * @param holds    {@code yes}, {@code no} or {@code open}
     */
    public record Row(String value, double at, double low, double high, String measured, String holds) {
        /** {@return whether there is something to draw} */
        public boolean known() {
            return !Double.isNaN(at);
        }
    }

    static Plot of(Curve curve) {
        List<Point> points = curve.points();
        Claim claim = curve.claim();
        List<MeanInterval> measured = points.stream().map(point -> point.measured(claim)).toList();
        List<Interval> intervals = measured.stream()
            .map(one -> one == null ? null : one.interval(curve.level())).toList();
        double[] means = DoubleStream.concat(DoubleStream.of(claim.bound()),
            measured.stream().filter(Objects::nonNull).mapToDouble(MeanInterval::mean)).sorted().toArray();
        double span = Math.max(LEAST_SPAN, means[means.length - 1] - means[0]);
        double from = Math.max(means[0] - WIDEST * span, Math.min(means[0], intervals.stream().filter(Objects::nonNull)
            .mapToDouble(Interval::low).min().orElse(0))) - MARGIN * span;
        double to = Math.min(means[means.length - 1] + WIDEST * span, Math.max(means[means.length - 1],
            intervals.stream().filter(Objects::nonNull).mapToDouble(Interval::high).max().orElse(0))) + MARGIN * span;
        List<Row> rows = IntStream.range(0, points.size()).mapToObj(i -> {
            MeanInterval one = measured.get(i);
            return new Row(curve.valueOf(points.get(i)), one == null ? Double.NaN : (one.mean() - from) / (to - from),
                one == null ? Double.NaN : (intervals.get(i).low() - from) / (to - from),
                one == null ? Double.NaN : (intervals.get(i).high() - from) / (to - from),
                curve.measured(points.get(i)), curve.holds(points.get(i)));
        }).toList();
        Threshold found = curve.found();
        boolean none = Double.isNaN(found.below()) && Double.isNaN(found.beyond())
            || found.kind() == Threshold.Kind.EVERYWHERE || found.kind() == Threshold.Kind.NOWHERE
            || found.kind() == Threshold.Kind.SEVERAL;
        return new Plot(claim.says(), curve.mover(), curve.bound(), (claim.bound() - from) / (to - from),
            none ? -1 : Double.isNaN(found.below()) ? 0 : curve.indexOf(found.below()),
            none ? -1 : Double.isNaN(found.beyond()) ? points.size() - 1 : curve.indexOf(found.beyond()), rows,
            ticks(from, to, claim.bound(), curve));
    }

    /** The fewest round numbers that are two or more; of those that lie too close to another or the bound, none. */
    private static List<Tick> ticks(double from, double to, double bound, Curve curve) {
        for (double[] family : ROUND) {
            List<Tick> ticks = new ArrayList<>();
            for (int decade = (int) Math.floor(from / Math.log(10)); decade <= to / Math.log(10); decade++) {
                for (double of : family) {
                    double value = of * Math.pow(10, decade);
                    double at = (Math.log(value) - from) / (to - from);
                    double before = ticks.isEmpty() ? 0 : ticks.get(ticks.size() - 1).at();
                    if (at > EDGE && at < 1 - EDGE && at - before >= (ticks.isEmpty() ? 0 : APART)
                        && Math.abs(at - (bound - from) / (to - from)) >= APART && curve.canPrint(value)) {
                        ticks.add(new Tick(at, curve.print(value)));
                    }
                }
            }
            if (ticks.size() > 1) {
                return ticks;
            }
        }
        return List.of();
    }

    /** {@return whether a row is one of those between which the threshold lies} */
    public boolean between(int row) {
        return first >= 0 && row >= first && row <= last;
    }
}
