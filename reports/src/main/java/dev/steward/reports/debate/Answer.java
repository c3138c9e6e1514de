package dev.steward.reports.debate;

import dev.steward.reports.debate.Question.Claim;
import dev.steward.reports.summary.DeliveryTotals;
import dev.steward.reports.table.Table;
import dev.steward.results.Units;
import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Judge;
import dev.steward.reports.verdict.Rules;
import dev.steward.reports.verdict.Verdict;
import dev.steward.results.CellRecord;
import dev.steward.results.RunManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One question answered: the claims of its file, judged as every comparison of the suite is. Immutable.
 *
 * @param name     of the question
 * @param question as it was asked
 * @param label    the question in a few words
 * @param inShort  answers to the claims that matter most, medians without their ranges
 * @param details  answers to all claims with every figure, then notes
 * @param table    of figures
 * @param run      one of the comparisons behind it, for its machine; null for a benchmark
 */
public record Answer(
    String name, String question, String label, String inShort, List<String> details, Table table, RunManifest run) {
    /** What a pair says of a claim. */
    private enum Outcome {
        YES("Yes"), OPPOSITE("No, the opposite"), EQUAL("No, equal within " + Rules.DEFAULT.minEffectText()),
        NOT_SIGNIFICANT("No significant difference"), NONE("No"), OPEN("Open");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        static Outcome of(Comparison comparison, Verdict yes) {
            return switch (comparison.verdict()) {
                case EQUAL -> EQUAL;
                case UNCLEAR -> switch (comparison.reason().kind()) {
                    case TOO_FEW, NOTHING -> OPEN;
                    default -> NOT_SIGNIFICANT;
                };
                default -> comparison.verdict() == yes ? YES : OPPOSITE;
            };
        }
    }

    /**
     * Answers the questions of a debate.
     *
     * @param folder    of the debate
     * @param questions in the order of the page
     * @return one answer for each that was begun
     * @throws dev.steward.results.UnreadableResultsException with one line, if results cannot be read
     */
    public static List<Answer> read(Path folder, List<Question> questions) {
        return questions.stream().map(question -> Topic.read(folder, question)).flatMap(Optional::stream)
            .map(Answer::of).toList();
    }

    static Answer of(Topic topic) {
        Question question = topic.question();
        List<String> inShort = new ArrayList<>();
        List<String> details = new ArrayList<>();
        if (topic.points().isEmpty()) {
            inShort.add("Open: not measured.");
        } else {
            for (Claim claim : question.answer().claims()) {
                details.add(said(claim, topic, false));
                if (claim.headline()) {
                    inShort.add(said(claim, topic, true));
                }
            }
            if (!topic.missing().isEmpty()) {
                details.add("Not measured: " + String.join("; ", topic.missing()) + ".");
            }
            details.addAll(question.answer().notes());
        }
        return new Answer(question.name(), question.description(), question.answer().label(),
            String.join(" ", inShort), details, Columns.of(topic), topic.points().stream()
                .filter(Point.OfCells.class::isInstance).map(Point.OfCells.class::cast)
                .map(cells -> cells.summary().run()).findFirst().orElse(null));
    }

    private static String said(Claim claim, Topic topic, boolean brief) {
        Map<Outcome, List<String>> groups = claim.window() != null ? counted(claim, topic)
            : compared(claim, topic, brief);
        StringBuilder text = new StringBuilder(claim.asks());
        groups.forEach((outcome, members) ->
            text.append(' ').append(outcome.words).append(": ").append(String.join("; ", members)).append('.'));
        return text.toString();
    }

    private static Map<Outcome, List<String>> compared(Claim claim, Topic topic, boolean brief) {
        Figure figure = Figure.of(claim.figure());
        Verdict yes = claim.yes() == null ? Verdict.BETTER : Verdict.valueOf(claim.yes().toUpperCase(Locale.ROOT));
        List<Point> points = topic.points();
        int from = "last".equals(claim.at()) ? points.size() - 1 : claim.against() == null ? 1 : 0;
        Judge judge = new Judge(Rules.DEFAULT);
        List<Pair> pairs = new ArrayList<>();
        for (Point point : points.subList(Math.min(from, points.size()), points.size())) {
            Point base = claim.against() == null ? points.get(0) : point;
            for (String strategy : claim.of()) {
                String other = claim.against() == null ? strategy : claim.against();
                judge.add(point.where(), claim.figure(), base.sample(other, figure), point.sample(strategy, figure),
                    figure.lowerIsBetter());
                pairs.add(new Pair(strategy, points.size() > 1 ? point.where() : "", base.span(other, figure),
                    point.span(strategy, figure)));
            }
        }
        List<Comparison> comparisons = judge.judge();
        Map<Outcome, Map<String, List<String>>> places = new EnumMap<>(Outcome.class);
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            Outcome outcome = Outcome.of(comparisons.get(i), yes);
            places.computeIfAbsent(outcome, none -> new LinkedHashMap<>())
                .computeIfAbsent(pair.strategy + "%s" + pair.said(outcome, comparisons.get(i), brief),
                    none -> new ArrayList<>()).add(pair.where);
        }
        Map<Outcome, List<String>> groups = new EnumMap<>(Outcome.class);
        // What is said of a design in the same words at several points is said once.
        places.forEach((outcome, said) -> groups.put(outcome, said.entrySet().stream().map(one -> one.getKey()
            .replace("%s", one.getValue().get(0).isEmpty() ? "" : " at " + String.join(", ", one.getValue())))
            .toList()));
        if (pairs.isEmpty()) {
            groups.put(Outcome.OPEN, List.of("only one point was measured"));
        }
        return groups;
    }

    private record Pair(String strategy, String where, Optional<Span> first, Optional<Span> second) {
        String said(Outcome outcome, Comparison comparison, boolean brief) {
            if (outcome == Outcome.OPEN || first.isEmpty() || second.isEmpty()) {
                return " (" + comparison.reason().shortly() + ")";
            }
            boolean differs = outcome == Outcome.YES || outcome == Outcome.OPPOSITE;
            if (brief) {
                return differs ? " " + second.get().middle() + " instead of " + first.get().middle() : "";
            }
            return " " + second.get().text() + " instead of " + first.get().text() + (differs ? ", "
                + (comparison.ratio() < 1 ? "less" : "more") + " by a factor of " + factor(comparison.ratio()) : "");
        }

        private static String factor(double ratio) {
            double factor = Math.max(ratio, 1 / ratio);
            return String.format(Locale.ROOT, factor < 100 ? "%.2f" : "%.0f", factor);
        }
    }

    /** Counts are exact, over all repeats: one event is enough for a yes. */
    private static Map<Outcome, List<String>> counted(Claim claim, Topic topic) {
        Map<Outcome, List<String>> groups = new EnumMap<>(Outcome.class);
        for (Point point : topic.points()) {
            for (String strategy : point.strategies()) {
                point.of(strategy).flatMap(one -> Optional.ofNullable(one.deliveries())).ifPresent(totals -> {
                    CellRecord.WindowCount window = totals.of(claim.window());
                    long went = window.staleSameGuest() + window.crossGuest();
                    groups.computeIfAbsent(went + window.lost() > 0 ? Outcome.YES : Outcome.NONE,
                        none -> new ArrayList<>()).add(went + window.lost() == 0 ? strategy
                            : strategy + " " + Units.count(went) + " delivered and " + Units.count(window.lost())
                                + " dropped of " + Units.count(all(totals)));
                });
            }
        }
        if (groups.isEmpty()) {
            groups.put(Outcome.OPEN, List.of("no cell tells"));
        }
        return groups;
    }

    private static long all(DeliveryTotals totals) {
        return totals.right() + totals.windows().values().stream()
            .mapToLong(window -> window.staleSameGuest() + window.crossGuest() + window.lost()).sum();
    }
}
