package dev.steward.reports.summary;

import dev.steward.results.RunManifest;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What attaches pay and what events pay on one path, a point for each strategy. Immutable.
 *
 * @param points two or more, by the attach, fastest first
 */
public record TradeOff(String path, List<Point> points) {
    private static final String MARKS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** Copies the list. */
    public TradeOff {
        points = List.copyOf(points);
    }

    /**
     * A strategy.
     *
     * @param attach p99 of its attach operations
     * @param event  p99.9 of its events, until they stand in the vEVENTQ
     */
    public record Point(RunManifest.StrategyInfo info, Quantile attach, Quantile event) {
        private boolean beats(Point other) {
            return attach.valueNs() <= other.attach.valueNs() && event.valueNs() <= other.event.valueNs()
                && (attach.valueNs() < other.attach.valueNs() || event.valueNs() < other.event.valueNs());
        }
    }

    /** {@return one for each path of which at least two strategies have both figures, neither of them the machine's} */
    public static List<TradeOff> of(Summary summary) {
        List<TradeOff> all = new ArrayList<>();
        for (PathSummary path : summary.paths()) {
            List<Point> points = path.all().stream()
                .map(one -> new Point(
                    one.info(), one.latency(Tags.ATTACH).p99(), one.latency(Tags.EVENT_ENQUEUE).p999()))
                .filter(point -> comparable(point.attach) && comparable(point.event))
                .sorted(Comparator.comparingLong((Point point) -> point.attach.valueNs())
                    .thenComparingLong(point -> point.event.valueNs()))
                .limit(MARKS.length()).toList();
            if (points.size() > 1) {
                all.add(new TradeOff(path.path(), points));
            }
        }
        return all;
    }

    /** What is the generator's lateness compares generators. */
    private static boolean comparable(Quantile quantile) {
        return quantile != null && quantile.support() != Quantile.Support.NONE
            && quantile.support() != Quantile.Support.MACHINE && quantile.valueNs() > 0;
    }

    /** {@return the letter of a point} */
    public char mark(Point point) {
        return MARKS.charAt(points.indexOf(point));
    }

    /** {@return whether no ranked strategy is at least as fast in both figures, and faster in one} */
    public boolean onFront(Point point) {
        return point.info.ranked()
            && points.stream().filter(other -> other.info.ranked()).noneMatch(other -> other.beats(point));
    }
}
