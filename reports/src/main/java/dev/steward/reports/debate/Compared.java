package dev.steward.reports.debate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One figure of two strategies at one point. Told apart are two whose spans do not overlap and whose medians differ by
 * 5 % or more: less is not worth a word, however sure. With fewer than five repeats of both together, or one of either,
 * chance alone keeps spans apart too often: such a pair is left open.
 *
 * @param one    name
 * @param first  its figure
 * @param other  name
 * @param second its figure
 */
record Compared(String one, Span first, String other, Span second) {
    private static final double MIN_EFFECT = 1.05;
    private static final int MIN_REPEATS = 2;
    private static final int MIN_REPEATS_OF_BOTH = 5;

    /**
     * Takes a figure of both.
     *
     * @param point    measured
     * @param figure   of a path
     * @param one      name
     * @param other    name
     * @return empty if there are too few valid cells with enough values
     */
    static Optional<Compared> of(
        Topic.Point point, Figure figure, String one, String other) {
        Optional<Span> first = figure.at(point, one);
        Optional<Span> second = figure.at(point, other);
        return first.isEmpty() || second.isEmpty() || !judgeable(first.get().repeats(), second.get().repeats())
            ? Optional.empty() : Optional.of(new Compared(one, first.get(), other, second.get()));
    }

    static boolean judgeable(int first, int second) {
        return Math.min(first, second) >= MIN_REPEATS && first + second >= MIN_REPEATS_OF_BOTH;
    }

    /**
     * What is compared.
     *
     * @param path     of the cells
     * @param tag      of the log
     * @param quantile 0 to below 1
     */
    record Figure(String path, String tag, double quantile) {
        Optional<Span> at(Topic.Point point, String strategy) {
            return point.of(path, strategy).flatMap(found -> Span.of(found, tag, quantile));
        }
    }

    boolean toldApart() {
        return !first.overlaps(second) && ratio() >= MIN_EFFECT;
    }

    boolean otherTakesLess() {
        return toldApart() && second.median() < first.median();
    }

    boolean otherTakesMore() {
        return toldApart() && second.median() > first.median();
    }

    double ratio() {
        return Math.max(first.median(), second.median()) / Math.min(first.median(), second.median());
    }

    /** In words, with two digits behind the point; whole from 100 on. */
    static String factor(double ratio) {
        return String.format(Locale.ROOT, ratio < 100 ? "a factor of %.2f" : "a factor of %.0f", ratio);
    }

    String factor() {
        return factor(ratio());
    }

    private String judged() {
        return other + " " + second.text() + ", " + (otherTakesLess() ? "less" : "more") + " by " + factor();
    }

    /**
     * One strategy against several, in three groups.
     *
     * @param what   is compared, begins the sentence
     * @param point  measured
     * @param figure of a path
     * @param one    name
     * @param others names
     * @return words, ending in a full stop
     */
    static String against(
        String what, Topic.Point point, Figure figure, String one,
        List<String> others) {
        Optional<Span> own = figure.at(point, one);
        if (own.isEmpty()) {
            return what + ": open, " + one + " has no valid cell with enough values.";
        }
        List<String> apart = new ArrayList<>();
        List<String> alike = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String other : others) {
            Optional<Compared> compared = of(point, figure, one, other);
            if (compared.isEmpty()) {
                open.add(other);
            } else if (compared.get().toldApart()) {
                apart.add(compared.get().judged());
            } else {
                alike.add(other + " " + compared.get().second().text());
            }
        }
        return what + ": " + one + " " + own.get().text() + "." + group("Told apart from it", apart)
            + group("Not told apart", alike) + group("Open, too few valid cells", open);
    }

    private static String group(String head, List<String> members) {
        return members.isEmpty() ? "" : " " + head + ": " + String.join("; ", members) + ".";
    }
}
