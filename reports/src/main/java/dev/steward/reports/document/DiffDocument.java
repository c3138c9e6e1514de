package dev.steward.reports.document;

import dev.steward.reports.verdict.Comparison;
import dev.steward.reports.verdict.Diff;
import dev.steward.results.Verdicts.Verdict;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code diff --json} prints. Immutable.
 *
 * @param minEffect    smallest difference that matters, as a share
 * @param significance chance of a false alarm anywhere, as a share
 * @param differences  between the two beside the figures, in words
 * @param unmatched    measured on one side only, in words
 * @param problems     what is not compared and why, in words
 * @param counts       how often each verdict was given, by its word
 */
public record DiffDocument(
    String format, int version, String before, String after, double minEffect, double significance,
    List<String> differences, List<String> unmatched, List<String> problems, Map<String, Long> counts,
    List<OfComparison> comparisons) {
    /** {@return what is to be said of a comparison} */
    public static DiffDocument of(Diff diff) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Arrays.stream(Verdict.values()).forEach(verdict -> counts.put(verdict.word(), diff.count(verdict)));
        return new DiffDocument("steward-diff", 1, diff.before(), diff.after(), diff.rules().minEffect(),
            diff.rules().significance(), diff.differences(), diff.unmatched(), diff.problems(), counts,
            diff.comparisons().stream().map(OfComparison::of).toList());
    }

    /**
     * One figure of one strategy or benchmark.
     *
     * @param group         path, or mode and parameters of a benchmark
     * @param figure        for example {@code event p99}
     * @param beforeRepeats that were compared
     * @param placement     classes that were compared within; empty if none
     * @param ratio         after by before; null if nothing was compared
     * @param ratioLow      of an interval; null if there are too few repeats for one
     * @param pValue        corrected; null if nothing was tested
     * @param verdict       on what was measured after
     * @param reason        kind of reason: {@code differs}, {@code within}, {@code small}, {@code wide},
     *                      {@code too few}, {@code nothing}
     * @param repeatsNeeded of each that would decide; 0 if decided or not to be told
     */
    public record OfComparison(
        String group, String figure, String strategy, int beforeRepeats, int afterRepeats, String placement,
        Double ratio, Double ratioLow, Double ratioHigh, Double pValue, Verdict verdict, String reason,
        String sentence, int repeatsNeeded) {
        private static OfComparison of(Comparison one) {
            return new OfComparison(one.group(), one.figure(), one.second(), one.firstCount(), one.secondCount(),
                one.placement(), Finite.orNull(one.ratio()),
                one.interval() == null ? null : Finite.orNull(one.interval().low()),
                one.interval() == null ? null : Finite.orNull(one.interval().high()), Finite.orNull(one.pValue()),
                one.verdict(), one.reason().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                one.reason().sentence(), one.reason().repeats());
        }
    }
}
