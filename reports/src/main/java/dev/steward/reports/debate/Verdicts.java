package dev.steward.reports.debate;

import dev.steward.reports.folder.CellRecord;
import dev.steward.reports.folder.Tags;
import dev.steward.reports.summary.StrategySummary;
import dev.steward.reports.table.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The verdict on each question in words. Rules, the same for all: a figure differs if the spans of the repeats do not
 * overlap; what does not differ is said to be not told apart; what has no valid cells is said to be open.
 */
final class Verdicts {
    private static final String MERGED = "streams-mutex";
    private static final String PER_MASTER = "vmaster-rwsem";
    private static final String INLINE = "inline";
    private static final String RING = "ring";
    private static final Map<String, Function<Topic, List<String>>> OF_TOPIC = Map.of(
        "1-designs", Verdicts::visible, "2-load", Verdicts::load, "3-scan", Verdicts::scan,
        "4-scope", Verdicts::scope, "5-smmus", Verdicts::smmus, "6-rcu", Verdicts::rcu,
        "7-enough", Verdicts::enough, "8-hazards", Verdicts::hazards);

    private Verdicts() {
    }

    static List<String> of(final Topic topic) {
        return topic.points().isEmpty() ? List.of("Open: not measured.")
            : OF_TOPIC.getOrDefault(topic.name(), one -> List.of()).apply(topic);
    }

    private static List<String> visible(final Topic topic) {
        final List<String> words = new ArrayList<>();
        final Topic.Point point = topic.points().get(0);
        for (final String path : List.of(INLINE, RING)) {
            point.of(path, MERGED).filter(one -> one.stages().samples() > 0).ifPresent(one -> words.add(String.format(
                Locale.ROOT, "Path %s: entering and leaving the lock of %s is %s of a sampled event.",
                path, MERGED, Units.share(one.stages().lockShare()))));
            for (final String other : List.of("streams-mutex:one-lookup", PER_MASTER, "rcu-sync", "unguarded")) {
                words.add("Path " + path + ", median event: "
                    + compare(point, path, other, Tags.EVENT_ENQUEUE_RAW, 0.5));
            }
        }
        return words;
    }

    private static List<String> load(final Topic topic) {
        final List<String> words = new ArrayList<>();
        final Topic.Point idle = topic.points().get(0);
        final Topic.Point full = topic.points().get(topic.points().size() - 1);
        for (final String design : List.of(MERGED, "monitor", "ticket", PER_MASTER)) {
            for (final double quantile : new double[] {0.5, 0.99}) {
                final Optional<Span> before = span(idle, RING, design, Tags.ATTACH_COMMIT, quantile);
                final Optional<Span> after = span(full, RING, design, Tags.ATTACH_COMMIT, quantile);
                words.add(design + ", commit p" + (quantile == 0.5 ? "50" : "99") + " from the lowest to the highest "
                    + "event rate: " + growth(before, after));
            }
        }
        words.add("Hand-off: the mutex of " + MERGED + " hands off to a waiter after 100 us, monitor may be stolen "
            + "for ever, ticket hands over in order; their c p99 and c max at the highest rate show what each does to "
            + "an attach behind a handler that never finds its queue empty.");
        return words;
    }

    private static List<String> scan(final Topic topic) {
        String from = null;
        for (final Topic.Point point : topic.points()) {
            final Optional<Span> scan = span(point, INLINE, "draft-rwsem-lookup", Tags.EVENT_ENQUEUE_RAW, 0.5);
            final Optional<Span> stored = span(point, INLINE, PER_MASTER, Tags.EVENT_ENQUEUE_RAW, 0.5);
            if (from == null && scan.isPresent() && stored.isPresent()
                && scan.get().low() > 2 * stored.get().high()) {
                from = Units.exact(Math.round(point.at().get("streams")) / 2);
            }
        }
        return List.of(from == null
            ? "At no size measured does an event with the scan take twice as long as one with the stored id."
            : "From " + from + " vDEVICEs per vIOMMU on, an event with the scan takes over twice as long as one with "
                + "the stored id (" + PER_MASTER + "), in every repeat: the scan costs more than all the rest.");
    }

    private static List<String> scope(final Topic topic) {
        final List<String> words = new ArrayList<>();
        for (final Topic.Point point : topic.points()) {
            final String where = "Section " + Units.axis(point.at().get("section"), "ns") + ", ";
            words.add(where + "median commit, designs: " + compare(point, INLINE, PER_MASTER, Tags.ATTACH_COMMIT, 0.5));
            words.add(where + "commit p99, designs: " + compare(point, INLINE, PER_MASTER, Tags.ATTACH_COMMIT, 0.99));
            words.add(where + "commit p99, the lock alone: "
                + compare(point, INLINE, "mutex", "mutex:master", Tags.ATTACH_COMMIT, 0.99));
            words.add(where + "median event: " + compare(point, INLINE, PER_MASTER, Tags.EVENT_ENQUEUE_RAW, 0.5));
        }
        return words;
    }

    private static List<String> smmus(final Topic topic) {
        final List<String> words = new ArrayList<>();
        for (final Topic.Point point : topic.points()) {
            final String where = Units.exact(Math.round(point.at().get("smmus"))) + " SMMUs, ";
            for (final double quantile : new double[] {0.5, 0.99}) {
                words.add(where + (quantile == 0.5 ? "median event: " : "event p99: ")
                    + compare(point, INLINE, "streams-mutex:shared", Tags.EVENT_ENQUEUE_RAW, quantile));
            }
        }
        words.add("With more SMMUs than cores the handlers take turns on the cores, and a lock that is not contended "
            + "by running threads shows little: ask a machine with a core for each.");
        return words;
    }

    private static List<String> rcu(final Topic topic) {
        final List<String> words = new ArrayList<>();
        for (final Topic.Point point : topic.points()) {
            final String where = "Attaches " + Units.axis(point.at().get("churn.rate"), "/s") + ", ";
            for (final String design : List.of("rcu-sync", "rcu-deferred", "rcu-reference")) {
                words.add(where + "median event: " + compare(point, INLINE, design, Tags.EVENT_ENQUEUE_RAW, 0.5));
                words.add(where + "median commit: " + compare(point, INLINE, design, Tags.ATTACH_COMMIT, 0.5));
            }
        }
        words.add("A grace period here ends as soon as the reader leaves; a kernel's takes tens of milliseconds under "
            + "load (domain reference 8.3), so what rcu-sync pays per attach is a lower bound.");
        return words;
    }

    private static List<String> enough(final Topic topic) {
        final List<String> words = new ArrayList<>();
        for (final Topic.Point point : topic.points()) {
            final String where = "Section " + Units.axis(point.at().get("section"), "ns") + ", ";
            for (final String design : List.of(PER_MASTER, "ste-hazard-slot")) {
                words.add(where + "commit p99: " + compare(point, INLINE, design, Tags.ATTACH_COMMIT, 0.99));
                words.add(where + "whole attach p99: " + compare(point, INLINE, design, Tags.ATTACH, 0.99));
            }
        }
        return words;
    }

    private static List<String> hazards(final Topic topic) {
        final List<String> words = new ArrayList<>();
        topic.points().get(0).summary().paths().stream().flatMap(path -> path.all().stream())
            .filter(one -> one.deliveries() != null).forEach(one -> {
                final long cross = one.deliveries().windows().values().stream()
                    .mapToLong(CellRecord.WindowCount::crossGuest).sum();
                final long all = one.deliveries().right() + cross + one.deliveries().windows().values().stream()
                    .mapToLong(window -> window.staleSameGuest() + window.lost()).sum();
                words.add(one.info().name() + ": " + Units.exact(cross) + " of " + Units.count(all)
                    + " events went to a guest that did not cause them.");
            });
        return words;
    }

    /** The merged design against another. */
    private static String compare(
        final Topic.Point point, final String path, final String other, final String tag, final double quantile) {
        return compare(point, path, MERGED, other, tag, quantile);
    }

    private static String compare(
        final Topic.Point point, final String path, final String one, final String other, final String tag,
        final double quantile) {
        final Optional<Span> left = span(point, path, one, tag, quantile);
        final Optional<Span> right = span(point, path, other, tag, quantile);
        if (left.isEmpty() || right.isEmpty()) {
            return one + " against " + other + ": open, no valid cells with enough values.";
        }
        final String figures = one + " " + left.get().text() + ", " + other + " " + right.get().text();
        if (left.get().overlaps(right.get())) {
            return figures + ": not told apart.";
        }
        return figures + ": " + (left.get().above(right.get()) ? other : one) + " takes less, "
            + ratio(left.get(), right.get()) + ".";
    }

    private static String ratio(final Span one, final Span other) {
        final double larger = Math.max(one.median(), other.median());
        return String.format(Locale.ROOT, "%.2f times", larger / Math.min(one.median(), other.median()));
    }

    private static String growth(final Optional<Span> before, final Optional<Span> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return "open, no valid cells with enough values.";
        }
        final String figures = before.get().text() + " to " + after.get().text();
        return after.get().overlaps(before.get()) ? figures + ": not told apart."
            : figures + ", " + ratio(before.get(), after.get()) + ".";
    }

    private static Optional<Span> span(
        final Topic.Point point, final String path, final String design, final String tag, final double quantile) {
        return point.of(path, design).map((StrategySummary one) -> Span.of(one, tag, quantile))
            .flatMap(Function.identity());
    }
}
