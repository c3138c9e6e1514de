package dev.steward.reports.debate;

import static dev.steward.reports.debate.Verdict.INLINE;
import static dev.steward.reports.debate.Verdict.MERGED;
import static dev.steward.reports.debate.Verdict.PER_MASTER;
import static dev.steward.reports.debate.Verdict.RING;

import dev.steward.reports.debate.Compared.Figure;
import dev.steward.reports.table.Units;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verdicts on what an attach waits. */
final class AttachVerdicts {
    private static final Figure EVENT = new Figure(INLINE, Tags.EVENT_ENQUEUE_RAW, 0.5);
    private static final Figure COMMIT = new Figure(INLINE, Tags.ATTACH_COMMIT, 0.5);
    private static final Figure COMMIT_P99 = new Figure(INLINE, Tags.ATTACH_COMMIT, 0.99);
    private static final Figure ATTACH_P99 = new Figure(INLINE, Tags.ATTACH, 0.99);
    private static final List<String> RCU = List.of("rcu-sync", "rcu-deferred", "rcu-reference");

    private AttachVerdicts() {
    }

    /** What a commit waits as events grow, and what the hand-off does to it. */
    static Verdict load(Topic topic) {
        Figure median = new Figure(RING, Tags.ATTACH_COMMIT, 0.5);
        Figure p99 = new Figure(RING, Tags.ATTACH_COMMIT, 0.99);
        List<String> details = new ArrayList<>();
        for (String design : List.of(MERGED, PER_MASTER, "monitor", "ticket")) {
            details.add("Commit p50 of " + design + ": " + along(topic, median, design) + " p99: "
                + along(topic, p99, design));
        }
        Topic.Point idle = topic.points().get(0);
        Topic.Point full = topic.points().get(topic.points().size() - 1);
        details.add(Compared.against("Hand-off at " + rate(full, "storm.rate") + ", commit p99", full, p99, MERGED,
            List.of("monitor", "ticket")) + " " + MERGED + " hands off to a waiter after 100 us, monitor may be stolen "
            + "for ever, ticket hands over in order; c max in the table has the longest wait of each.");
        Optional<Span> before = p99.at(idle, MERGED);
        Optional<Span> after = p99.at(full, MERGED);
        if (before.isEmpty() || after.isEmpty()) {
            return new Verdict("open, no valid cells of " + MERGED + " at both ends.", details);
        }
        if (!Compared.judgeable(before.get().repeats(), after.get().repeats())) {
            return new Verdict("open, too few valid cells of " + MERGED + ".", details);
        }
        Compared growth = new Compared("before", before.get(), "after", after.get());
        return new Verdict("commit p99 of " + MERGED + " " + before.get().middle() + " at " + rate(idle, "storm.rate")
            + ", " + after.get().middle() + " at " + rate(full, "storm.rate")
            + (growth.toldApart() ? ", " + (growth.otherTakesMore() ? "more" : "less") + " by " + growth.factor() + "."
                : ": not told apart."), details);
    }

    private static String along(Topic topic, Figure figure, String design) {
        List<String> steps = new ArrayList<>();
        for (Topic.Point point : topic.points()) {
            steps.add(figure.at(point, design).map(Span::text).orElse("open") + " at " + rate(point, "storm.rate"));
        }
        return String.join(", ", steps) + ".";
    }

    /** Whether a lock per master ever beats one per SMMU. */
    static Verdict scope(Topic topic) {
        List<String> details = new ArrayList<>();
        List<String> wins = new ArrayList<>();
        List<String> losses = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (Topic.Point point : topic.points()) {
            String where = section(point) + ", ";
            details.add(Compared.against(where + "median commit, designs", point, COMMIT, MERGED,
                List.of(PER_MASTER)));
            details.add(Compared.against(where + "commit p99, designs", point, COMMIT_P99, MERGED,
                List.of(PER_MASTER)));
            details.add(Compared.against(where + "commit p99, the lock alone", point, COMMIT_P99, "mutex",
                List.of("mutex:master")));
            details.add(Compared.against(where + "median event", point, EVENT, MERGED, List.of(PER_MASTER)));
            note(point, COMMIT_P99, "commit p99", wins, losses);
            note(point, COMMIT, "median commit", wins, losses);
            note(point, EVENT, "median event", wins, losses);
            if (Compared.of(point, COMMIT, MERGED, PER_MASTER).isEmpty()) {
                open.add(section(point));
            }
        }
        return new Verdict((wins.isEmpty() ? "beats one per SMMU nowhere in this run"
            : "beats one per SMMU with " + String.join("; with ", wins))
            + (losses.isEmpty() ? "" : "; loses with " + String.join("; with ", losses))
            + (open.isEmpty() ? "." : "; open with " + String.join(" and ", open) + "."), details);
    }

    private static void note(
        Topic.Point point, Figure figure, String what, List<String> wins,
        List<String> losses) {
        Compared.of(point, figure, MERGED, PER_MASTER).filter(Compared::toldApart).ifPresent(both ->
            (both.otherTakesLess() ? wins : losses).add(section(point) + " (" + what + " " + both.second().middle()
                + ", not " + both.first().middle() + ")"));
    }

    /** What RCU gains for an event and costs an attach. */
    static Verdict rcu(Topic topic) {
        List<String> details = new ArrayList<>();
        double gain = 1;
        List<Double> prices = new ArrayList<>();
        boolean measured = false;
        for (Topic.Point point : topic.points()) {
            String where = "Attaches " + rate(point, "churn.rate") + ", ";
            details.add(Compared.against(where + "median event", point, EVENT, MERGED, RCU));
            details.add(Compared.against(where + "median commit", point, COMMIT, MERGED, RCU));
            for (String design : RCU) {
                Optional<Compared> event = Compared.of(point, EVENT, MERGED, design);
                measured |= event.isPresent();
                gain = Math.max(gain, event.filter(Compared::otherTakesLess).map(Compared::ratio).orElse(1.0));
                Compared.of(point, COMMIT, MERGED, design).filter(Compared::otherTakesMore)
                    .ifPresent(price -> prices.add(price.ratio()));
            }
        }
        details.add("A grace period here ends as soon as the reader leaves; a kernel's takes tens of milliseconds "
            + "under load (domain reference 8.3), so what rcu-sync pays per attach is a lower bound.");
        if (!measured) {
            return new Verdict("open, too few valid cells.", details);
        }
        return new Verdict((gain == 1 ? "a median event gains nothing that is told apart"
            : "a median event gets shorter by " + Compared.factor(gain) + " at best") + ", a median commit "
            + (prices.isEmpty() ? "pays nothing that is told apart."
                : "longer by up to " + Compared.factor(prices.stream().mapToDouble(Double::doubleValue).max()
                    .orElseThrow()) + "; grace periods of a kernel come on top."), details);
    }

    /** From which length of a report on one mutex costs an attach. */
    static Verdict enough(Topic topic) {
        List<String> details = new ArrayList<>();
        String fails = null;
        boolean wholeAttach = false;
        boolean measured = false;
        List<String> others = List.of(PER_MASTER, "ste-hazard-slot");
        for (Topic.Point point : topic.points()) {
            String where = section(point) + ", ";
            details.add(Compared.against(where + "commit p99", point, COMMIT_P99, MERGED, others));
            details.add(Compared.against(where + "whole attach p99", point, ATTACH_P99, MERGED, others));
            Optional<Compared> commit = Compared.of(point, COMMIT_P99, MERGED, PER_MASTER);
            measured |= commit.isPresent();
            wholeAttach |= Compared.of(point, ATTACH_P99, MERGED, PER_MASTER).filter(Compared::otherTakesLess)
                .isPresent();
            if (fails == null && commit.filter(Compared::otherTakesLess).isPresent()) {
                fails = "no more with " + section(point) + ": commit p99 " + commit.get().first().middle() + ", "
                    + commit.get().second().middle() + " with a lock per master; ";
            }
        }
        if (!measured) {
            return new Verdict("open, too few valid cells.", details);
        }
        return new Verdict(fails == null ? "holds at every length of a report that was measured."
            : fails + (wholeAttach ? "the whole attach gains as well." : "no whole attach is told apart by it."),
            details);
    }

    private static String section(Topic.Point point) {
        return Units.axis(point.at().get("section"), "ns") + " inside the lock";
    }

    private static String rate(Topic.Point point, String axis) {
        return Units.axis(point.at().get(axis), "/s");
    }
}
