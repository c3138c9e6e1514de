package dev.steward.reports.verdict;

import dev.steward.results.Verdicts.Verdict;
import dev.steward.reports.statistics.Interval;

/**
 * One pair under one figure, and what can be said of the second against the first.
 *
 * @param figure      for example {@code event p99}
 * @param secondCount repeats of the second that were compared
 * @param placement   classes that were compared within, {@code near+far} for example; empty if none
 * @param ratio       second by first; NaN if nothing was compared
 * @param interval    of the ratio; null if there are too few repeats for one
 * @param pValue      corrected for the pairs of the family; NaN if nothing was tested
 * @param verdict     on the second
 */
public record Comparison(
    String group, String figure, String first, String second, int firstCount, int secondCount, String placement,
    double ratio, Interval interval, double pValue, Verdict verdict, Reason reason) {

    /** {@return the same pair seen from the other side: the first against the second} */
    public Comparison flipped() {
        return new Comparison(group, figure, second, first, secondCount, firstCount, placement, 1 / ratio,
            interval == null ? null : new Interval(1 / interval.high(), 1 / interval.low(), interval.level()),
            pValue, verdict.flipped(), reason);
    }

    /**
     * Why a verdict came out.
     *
     * @param repeats of each that would decide; 0 if decided, or not to be told
     */
    public record Reason(Kind kind, String shortly, String sentence, int repeats) {
    }

    /** Kinds of reasons. */
    public enum Kind {
        /** Significant, and large enough to matter. */
        DIFFERS,
        /** The whole interval lies within what matters. */
        WITHIN,
        /** Significant, and probably too small to matter. */
        SMALL,
        /** The interval holds both a difference and none. */
        WIDE,
        /** Not even the clearest order of the values could be significant. */
        TOO_FEW,
        /** No cells, or none of a placement class in common. */
        NOTHING
    }
}
