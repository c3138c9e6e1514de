package dev.steward.reports.debate;

import dev.steward.reports.debate.Question.Claim;
import dev.steward.reports.debate.Question.Count;
import dev.steward.reports.table.Layout;
import dev.steward.reports.table.Table;
import dev.steward.reports.transfer.Transfers;
import dev.steward.results.CellRecord;
import dev.steward.results.RunManifest;
import dev.steward.results.Units;
import dev.steward.results.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One question answered. Immutable.
 *
 * @param name      of the question
 * @param question  as it was asked
 * @param label     the question in a few words
 * @param found     thresholds and counts, a sentence each
 * @param notes     what moves them, and what else is to be known
 * @param corrected what an earlier page said and is wrong
 * @param plots     of the thresholds, with two points or more
 * @param tables    of the figures at the points
 * @param run       one of the comparisons behind it, for its machine; null for a benchmark
 */
public record Answer(
    String name, String question, String label, List<String> found, List<String> notes, List<String> corrected,
    List<Plot> plots, List<Table> tables, RunManifest run) {
    /**
     * Answers the questions of a debate.
     *
     * @param folder    of the debate
     * @param questions in the order of the page
     * @param transfers that tell whose order is confirmed in C
     * @return one answer for each that was begun
     * @throws dev.steward.results.UnreadableResultsException with one line, if results cannot be read
     */
    public static List<Answer> read(Path folder, List<Question> questions, Transfers transfers) {
        return questions.stream().map(question -> Topic.read(folder, question)).flatMap(Optional::stream)
            .map(topic -> of(topic, transfers)).toList();
    }

    private static Answer of(Topic topic, Transfers transfers) {
        Question question = topic.question();
        Question.Answer asked = question.answer();
        List<String> found = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        List<Plot> plots = new ArrayList<>();
        if (topic.points().isEmpty()) {
            found.add("Open: not measured.");
        } else {
            for (Claim claim : asked.thresholds()) {
                found.add(threshold(topic, claim));
                tables.add(figures(topic, claim));
                topic.curves(claim).stream().filter(curve -> curve.points().size() > 1).map(Plot::of)
                    .forEach(plots::add);
            }
            if (!asked.counts().isEmpty()) {
                List<Deliveries> deliveries = Deliveries.of(topic);
                asked.counts().forEach(count -> found.add(counted(count, deliveries)));
                tables.add(Deliveries.table(question, deliveries));
            }
        }
        List<String> notes = new ArrayList<>();
        if (asked.movers() != null) {
            notes.add("What moves it: " + asked.movers());
        }
        if (!topic.missing().isEmpty()) {
            notes.add("Not measured: " + String.join("; ", topic.missing()) + ".");
        }
        if (!topic.beyond().isEmpty()) {
            notes.add("Left out, as a contestant could not start its load in time on this machine: "
                + String.join("; ", topic.beyond()) + ".");
        }
        transfers.of(topic.run() == null ? "" : Transfers.machine(topic.run().environment()))
            .jvmOnlySentence(ranked(asked)).ifPresent(notes::add);
        notes.addAll(asked.notes());
        return new Answer(question.name(), question.description(), asked.label(), found, notes, asked.corrected(),
            plots, tables, topic.run());
    }

    /** Those whose times are held against each other; counts rank nobody. */
    private static List<String> ranked(Question.Answer asked) {
        return asked.thresholds().stream().flatMap(claim -> Stream.of(claim.of(), claim.against()))
            .filter(Objects::nonNull).distinct().toList();
    }

    private static String threshold(Topic topic, Claim claim) {
        return claim.says() + ": " + String.join("; ", topic.curves(claim).stream()
            .map(curve -> (curve.mover().isEmpty() ? "" : "with " + curve.mover() + ", ") + curve.threshold()).toList())
            + ".";
    }

    private static Table figures(Topic topic, Claim claim) {
        List<Curve> curves = topic.curves(claim);
        Layout<Point> layout = new Layout<>(topic.axisInWords());
        layout.figure(claim.of(), "median " + claim.figure(),
            point -> Units.duration(point.medianNs(claim, claim.of())));
        if (claim.against() != null) {
            layout.figure(claim.against(), "median " + claim.figure(),
                    point -> Units.duration(point.medianNs(claim, claim.against())))
                .figure("times", "first by second", point -> Curve.ratio(claim, point));
        }
        layout.figure("interval", "that decides", point -> curveOf(curves, point).interval(point))
            .words("holds", "whether the sentence does", point -> curveOf(curves, point).holds(point));
        return layout.table(topic.question().name(), claim.says(), generations(topic.run()),
            curves.stream().map(Curve::rows).toList());
    }

    private static String generations(RunManifest run) {
        return run == null || run.turns() == null ? ""
            : Wording.counted(run.turns().generations(), "generation") + " of JVMs took turns";
    }

    private static Curve curveOf(List<Curve> curves, Point point) {
        return curves.stream().filter(curve -> curve.points().contains(point)).findFirst().orElseThrow();
    }

    /** Counts are exact: one event is enough for a yes. */
    private static String counted(Count count, List<Deliveries> deliveries) {
        List<String> yes = new ArrayList<>();
        List<String> no = new ArrayList<>();
        for (Deliveries one : deliveries) {
            CellRecord.WindowCount window = one.totals().of(count.window());
            long went = window.staleSameGuest() + window.crossGuest();
            if (went + window.lost() == 0) {
                no.add(one.strategy());
            } else {
                yes.add(one.strategy() + " " + Units.count(went) + " delivered and " + Units.count(window.lost())
                    + " dropped of " + Units.count(one.all()));
            }
        }
        return count.asks() + (yes.isEmpty() ? "" : " Yes: " + String.join("; ", yes) + ".")
            + (no.isEmpty() ? "" : " No: " + String.join("; ", no) + ".")
            + (yes.isEmpty() && no.isEmpty() ? " Open: no cell tells." : "");
    }
}
