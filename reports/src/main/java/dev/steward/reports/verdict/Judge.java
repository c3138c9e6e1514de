package dev.steward.reports.verdict;

import dev.steward.results.Verdicts.Verdict;
import dev.steward.reports.statistics.Holm;
import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.RankTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares pairs that are printed together. A difference is called when the rank test over the repeats, corrected for
 * all pairs of the family, finds it, and when it may be as large as the minimum effect; equality when the whole
 * interval of the ratio lies within the minimum effect. What cannot be tested is said to be undecided, with the reason.
 */
public final class Judge {
    private final Rules rules;
    private final Reasons reasons;
    private final List<Pair> pairs = new ArrayList<>();

    /** Opens a family of pairs. */
    public Judge(Rules rules) {
        this.rules = rules;
        reasons = new Reasons(rules);
    }

    /** Adds a pair. */
    public void add(String group, String figure, Sample first, Sample second, boolean lowerIsBetter) {
        Map<String, double[]> ours = first.logsByPlacement();
        Map<String, double[]> theirs = second.logsByPlacement();
        List<String> common = ours.keySet().stream().filter(theirs::containsKey).toList();
        List<double[]> one = common.stream().map(ours::get).toList();
        List<double[]> other = common.stream().map(theirs::get).toList();
        pairs.add(new Pair(group, figure, first, second, lowerIsBetter, String.join("+", common),
            common.isEmpty() ? null : RankTest.of(one, other, rules.level()),
            new int[] {count(one), count(other)}));
    }

    private static int count(List<double[]> strata) {
        return strata.stream().mapToInt(values -> values.length).sum();
    }

    /** Judges all pairs of the family: one comparison for each, in the order they were added. */
    public List<Comparison> judge() {
        List<Pair> tested = pairs.stream().filter(pair -> pair.test != null).toList();
        double[] adjusted = Holm.adjust(tested.stream().mapToDouble(pair -> pair.test.pValue()).toArray());
        List<Comparison> comparisons = new ArrayList<>();
        int next = 0;
        for (Pair pair : pairs) {
            comparisons.add(pair.test == null ? untested(pair) : judged(pair, adjusted[next++], tested.size()));
        }
        return comparisons;
    }

    private Comparison untested(Pair pair) {
        return comparison(pair, Double.NaN, Verdict.UNDECIDED, reasons.nothing(pair.first, pair.second));
    }

    private Comparison judged(Pair pair, double pValue, int family) {
        Interval shift = pair.test.interval();
        double bound = Math.log1p(rules.minEffect());
        int[] counts = pair.counts;
        if (shift == null || pair.test.smallest() * family > rules.significance()) {
            return comparison(pair, pValue, Verdict.UNDECIDED, reasons.tooFew(counts, pair.placement, family));
        }
        if (shift.within(-bound, bound)) {
            return comparison(pair, pValue, Verdict.NO_DIFFERENCE, reasons.within());
        }
        if (shift.contains(0) || pValue > rules.significance()) {
            return comparison(pair, pValue, Verdict.UNDECIDED, reasons.wide(pair.test, counts, family));
        }
        if (Math.abs(pair.test.shift()) < bound / 2) {
            return comparison(pair, pValue, Verdict.UNDECIDED, reasons.small());
        }
        boolean better = pair.test.shift() < 0 == pair.lowerIsBetter;
        return comparison(pair, pValue, better ? Verdict.BETTER : Verdict.WORSE, reasons.differs(pValue));
    }

    private Comparison comparison(Pair pair, double pValue, Verdict verdict, Comparison.Reason reason) {
        Interval shift = pair.test == null ? null : pair.test.interval();
        return new Comparison(pair.group, pair.figure, pair.first.name(), pair.second.name(), pair.counts[0],
            pair.counts[1], pair.placement, pair.test == null ? Double.NaN : Math.exp(pair.test.shift()),
            shift == null ? null : new Interval(Math.exp(shift.low()), Math.exp(shift.high()), shift.level()),
            pValue, verdict, reason);
    }

    /**
     * One pair before its family is complete.
     *
     * @param test          on logarithms; null if the two have no class in common
     */
    private record Pair(
        String group, String figure, Sample first, Sample second, boolean lowerIsBetter, String placement,
        RankTest test, int[] counts) {
    }
}
