package dev.steward.reports.summary;

import dev.steward.results.Median;
import dev.steward.results.TurnFigure;
import dev.steward.results.Verdicts.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A panel of the picture that opens a report, one figure on one path: each strategy as the difference to the simplest
 * one in nanoseconds, with its interval. Immutable.
 *
 * @param referenceNs median of the simplest
 * @param fromNs      left end of the scale, below 0
 * @param toNs        right end of the scale, above 0
 */
public record Forest(
    String path, TurnFigure figure, String reference, double referenceNs, List<Mark> marks, double fromNs,
    double toNs) {
    /** Whatever lies further out than so many times the middle one would press all others into one place. */
    private static final double FAR_OUT = 5;
    private static final double MARGIN = 0.06;

    /** Copies the list. */
    public Forest {
        marks = List.copyOf(marks);
    }

    /**
     * One strategy.
     *
     * @param ranked false for a floor or a negative control
     * @param pair   it against the reference; null if it is the reference itself
     */
    public record Mark(String name, boolean ranked, Pair pair) {
        /** {@return difference to the reference} */
        public double differenceNs() {
            return pair == null ? 0 : pair.differenceNs();
        }

        /** {@return lower end of its interval, or the difference itself without one} */
        public double lowNs() {
            return pair == null || pair.differenceLowNs() == null ? differenceNs() : pair.differenceLowNs();
        }

        /** {@return upper end of its interval, or the difference itself without one} */
        public double highNs() {
            return pair == null || pair.differenceHighNs() == null ? differenceNs() : pair.differenceHighNs();
        }

        private boolean told() {
            return pair != null && pair.tells();
        }

        /** The end of its interval that says nothing is no reason for a longer scale. */
        private double outermost() {
            return pair != null && pair.wide()
                ? Math.max(Math.abs(differenceNs()), Math.min(Math.abs(lowNs()), Math.abs(highNs())))
                : Math.max(Math.abs(lowNs()), Math.abs(highNs()));
        }

        private double drawnLowNs() {
            return Math.max(lowNs(), -outermost());
        }

        private double drawnHighNs() {
            return Math.min(highNs(), outermost());
        }
    }

    /** {@return one panel for each contest of two or more, if the run tells anything of any pair} */
    public static List<Forest> of(List<Contest> contests) {
        return contests.stream().map(Forest::of).filter(panel -> panel.marks().stream()
            .anyMatch(mark -> mark.told() && mark.pair().ratioLow() != null)).toList();
    }

    private static Forest of(Contest contest) {
        Contest.Contestant simplest = contest.simplest();
        List<Mark> marks = new ArrayList<>();
        for (Contest.Contestant one : contest.contestants()) {
            Optional<Pair> pair = contest.pair(simplest.name(), one.name());
            if (one == simplest || pair.isPresent()) {
                marks.add(new Mark(one.name(), one.info().ranked(), pair.orElse(null)));
            }
        }
        double[] outermost = marks.stream().filter(Mark::told).mapToDouble(Mark::outermost).sorted()
            .toArray();
        double limit = outermost.length == 0 ? 0 : FAR_OUT * Median.of(outermost);
        double[] drawn = marks.stream().filter(mark -> mark.told() && mark.outermost() <= limit)
            .flatMapToDouble(mark -> Arrays.stream(new double[] {mark.drawnLowNs(), mark.drawnHighNs()})).toArray();
        double from = Math.min(0, Arrays.stream(drawn).min().orElse(0));
        double to = Math.max(0, Arrays.stream(drawn).max().orElse(0));
        // At least a nanosecond to either side: nothing is measured more finely.
        double margin = Math.max(1, (to - from) * MARGIN);
        return new Forest(contest.path(), contest.figure(), simplest.name(), simplest.standing().medianNs(), marks,
            from - margin, to + margin);
    }

    /** {@return where a difference stands on the scale: 0 at its left end to 1 at its right end, also if it is out} */
    public double place(double ns) {
        return Math.min(1, Math.max(0, (ns - fromNs) / (toNs - fromNs)));
    }

    /** {@return whether a difference lies beyond the scale: -1 to the left, 1 to the right, 0 if it does not} */
    public int beyond(double ns) {
        return ns < fromNs ? -1 : ns > toNs ? 1 : 0;
    }
}
