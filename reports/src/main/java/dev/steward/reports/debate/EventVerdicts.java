package dev.steward.reports.debate;

import static dev.steward.reports.debate.Verdict.INLINE;
import static dev.steward.reports.debate.Verdict.MERGED;

import dev.steward.reports.debate.Compared.Figure;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Units;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Verdicts on what an event takes. */
final class EventVerdicts {
    private static final String FLOOR = "unguarded";
    private static final String SHARED = "streams-mutex:shared";

    private EventVerdicts() {
    }

    /** Whether the lock shows beside the rest of an event. */
    static Verdict visible(Topic topic, String path) {
        Topic.Point point = topic.points().get(0);
        Figure event = new Figure(path, Tags.EVENT_ENQUEUE_RAW, 0.5);
        List<String> details = new ArrayList<>();
        point.of(path, MERGED).filter(one -> one.stages().samples() > 0).ifPresent(one -> details.add(String.format(
            Locale.ROOT, "Entering and leaving the lock of %s takes %s of the time of an event (stage clocks of the "
                + "sampled events, all repeats together).", MERGED, Units.share(one.stages().lockShare()))));
        List<String> others = point.summary().paths().stream().filter(one -> one.path().equals(path))
            .flatMap(one -> one.all().stream()).map((StrategySummary one) -> one.info().name())
            .filter(name -> !name.equals(MERGED)).toList();
        details.add(Compared.against("Median event", point, event, MERGED, others));
        return new Verdict(Compared.of(point, event, MERGED, FLOOR).map(EventVerdicts::shown)
            .orElse("open, too few valid cells of " + MERGED + " or " + FLOOR + "."), details);
    }

    private static String shown(Compared floor) {
        String figures = "a median event takes " + floor.first().middle() + " with " + MERGED + ", "
            + floor.second().middle() + " without any lock";
        if (floor.otherTakesLess()) {
            return "yes; " + figures + ", less by " + floor.factor() + ".";
        }
        return "no; " + figures + ": " + (floor.toldApart() ? "no less." : "not told apart.");
    }

    /** What one lock for all SMMUs costs. */
    static Verdict smmus(Topic topic) {
        List<String> details = new ArrayList<>();
        String worst = null;
        for (Topic.Point point : topic.points()) {
            long count = Math.round(point.at().get("smmus"));
            String where = count + (count == 1 ? " SMMU" : " SMMUs");
            for (double quantile : new double[] {0.5, 0.99}) {
                Figure figure = new Figure(INLINE, Tags.EVENT_ENQUEUE_RAW, quantile);
                String what = quantile == 0.5 ? "median event" : "event p99";
                details.add(Compared.against(where + ", " + what, point, figure, MERGED, List.of(SHARED)));
                Optional<Compared> shared = Compared.of(point, figure, MERGED, SHARED)
                    .filter(Compared::otherTakesMore);
                if (shared.isPresent()) {
                    worst = "with " + where + " its " + what + " is " + shared.get().second().middle()
                        + " instead of " + shared.get().first().middle() + ", " + shared.get().factor() + ".";
                }
            }
        }
        double most = topic.points().stream().mapToDouble(point -> point.at().get("smmus")).max().orElseThrow();
        int cores = topic.points().get(0).summary().run().cores();
        if (most > cores) {
            details.add("Beyond " + cores + " SMMUs the handlers take turns on the " + cores + " cores, and a lock "
                + "that running threads do not contend for shows little: ask a machine with a core for each.");
        }
        boolean measured = topic.points().stream().anyMatch(point -> Compared.of(
            point, new Figure(INLINE, Tags.EVENT_ENQUEUE_RAW, 0.5), MERGED, SHARED).isPresent());
        String none = measured ? "no cost told apart from a lock for each, up to " + Units.exact(Math.round(most))
            + " SMMUs." : "open, too few valid cells.";
        return new Verdict(worst == null ? none : worst, details);
    }
}
