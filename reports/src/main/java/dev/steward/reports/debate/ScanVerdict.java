package dev.steward.reports.debate;

import static dev.steward.reports.debate.Verdict.INLINE;
import static dev.steward.reports.debate.Verdict.PER_MASTER;

import dev.steward.reports.debate.Compared.Figure;
import dev.steward.reports.table.Units;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verdict on the scan of the vDEVICEs at each event, against the id stored at attach: what it adds to an event, and how
 * much it holds up the guests' invalidations, which take the same lock.
 */
final class ScanVerdict {
    private static final String SCAN = "draft-rwsem-lookup";
    private static final Figure EVENT = new Figure(INLINE, Tags.EVENT_ENQUEUE_RAW, 0.5);
    private static final Figure BATCH = new Figure(INLINE, Tags.INVALIDATE_RAW, 0.5);
    private static final Figure BATCH_P99 = new Figure(INLINE, Tags.INVALIDATE_RAW, 0.99);

    private ScanVerdict() {
    }

    static Verdict of(Topic topic) {
        List<String> details = new ArrayList<>();
        for (Topic.Point point : topic.points()) {
            details.add(size(point) + ", median event: " + added(point, EVENT));
        }
        for (Topic.Point point : topic.points()) {
            if (BATCH.at(point, SCAN).isPresent()) {
                details.add(size(point) + ", a batch of invalidations from its real start, p50: " + added(point, BATCH)
                    + " p99: " + added(point, BATCH_P99));
            }
        }
        details.add("The spinlock of the vDEVICEs is taken by the scan, kept over the report, and taken for each "
            + "command of a batch; at 1 vDEVICE there is nothing to scan, and that lock is all there is. Devices fault "
            + "alike, so a scan looks at half of the vDEVICEs.");
        return new Verdict(events(topic) + invalidations(topic), details);
    }

    private static String added(Topic.Point point, Figure figure) {
        Optional<Compared> found = Compared.of(point, figure, PER_MASTER, SCAN);
        if (found.isEmpty()) {
            return "open, too few valid cells.";
        }
        Compared both = found.get();
        String figures = "stored id " + both.first().text() + ", scan " + both.second().text();
        if (!both.toldApart()) {
            return figures + ": not told apart.";
        }
        String apart = Units.duration(Math.abs(both.second().median() - both.first().median())) + ", "
            + both.factor();
        return figures + (both.otherTakesMore() ? ": the scan adds " : ": the scan takes less by ") + apart + ".";
    }

    /** From which size on, and whether it ever is more than all the rest of the event. */
    private static String events(Topic topic) {
        List<Topic.Point> costly = sizesFrom(topic, EVENT, 1);
        if (topic.points().stream().allMatch(point -> Compared.of(point, EVENT, PER_MASTER, SCAN).isEmpty())) {
            return "open, too few valid cells.";
        }
        if (costly.isEmpty()) {
            return "no steady cost told apart from the stored id up to " + size(last(topic)) + ".";
        }
        Topic.Point most = last(topic);
        Compared there = Compared.of(most, EVENT, PER_MASTER, SCAN).orElseThrow();
        List<Topic.Point> dominant = sizesFrom(topic, EVENT, 2);
        return "costs an event from " + size(costly.get(0)) + " on; at " + size(most) + " "
            + there.second().middle() + " instead of " + there.first().middle() + "; "
            + (dominant.isEmpty() ? "never twice as long" : "over twice as long from " + size(dominant.get(0)) + " on")
            + ".";
    }

    private static String invalidations(Topic topic) {
        if (topic.points().stream().allMatch(point -> Compared.of(point, BATCH, PER_MASTER, SCAN).isEmpty())) {
            return "";
        }
        String held = null;
        for (Topic.Point point : topic.points()) {
            for (Figure figure : List.of(BATCH, BATCH_P99)) {
                Optional<Compared> more = Compared.of(point, figure, PER_MASTER, SCAN)
                    .filter(Compared::otherTakesMore);
                if (more.isPresent()) {
                    held = " Holds up invalidations: at " + size(point) + " p" + Math.round(figure.quantile() * 100)
                        + " of a batch " + more.get().second().middle() + " instead of " + more.get().first().middle()
                        + ".";
                }
            }
        }
        return held == null ? " Invalidations are not held up measurably." : held;
    }

    /** The points of the largest sizes, without a gap, at which the scan takes more than so many times as long. */
    private static List<Topic.Point> sizesFrom(Topic topic, Figure figure, double factor) {
        int from = topic.points().size();
        while (from > 0 && Compared.of(topic.points().get(from - 1), figure, PER_MASTER, SCAN)
            .filter(both -> both.otherTakesMore() && both.second().low() > factor * both.first().high()).isPresent()) {
            from--;
        }
        return topic.points().subList(from, topic.points().size());
    }

    private static Topic.Point last(Topic topic) {
        return topic.points().get(topic.points().size() - 1);
    }

    private static String size(Topic.Point point) {
        long viommus = Long.parseLong(point.summary().run().scenario().getOrDefault("viommus", "1"));
        long vdevices = Math.round(point.at().get("streams") / viommus);
        return vdevices + (vdevices == 1 ? " vDEVICE" : " vDEVICEs");
    }
}
