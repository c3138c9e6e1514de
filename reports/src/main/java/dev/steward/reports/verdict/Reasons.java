package dev.steward.reports.verdict;

import dev.steward.reports.statistics.RankTest;
import dev.steward.results.Wording;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Puts the reasons of verdicts into words. */
final class Reasons {
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final double POWER = 0.95;
    private static final int MOST_REPEATS = 1000;

    private final Rules rules;
    private final String bound;

    Reasons(Rules rules) {
        this.rules = rules;
        bound = rules.minEffectText();
    }

    Comparison.Reason nothing(Sample first, Sample second) {
        if (first.values().isEmpty() || second.values().isEmpty()) {
            Sample empty = first.values().isEmpty() ? first : second;
            return new Comparison.Reason(Comparison.Kind.NOTHING, "no cells", empty.name() + " has no cell to compare"
                + (empty.notes().isEmpty() ? "" : ": " + String.join("; ", empty.notes())), 0);
        }
        return new Comparison.Reason(Comparison.Kind.NOTHING, "other placement", "no placement class in common: only "
            + "cells whose CPUs were equally far apart are compared", 0);
    }

    Comparison.Reason tooFew(int[] counts, String placements, int family) {
        int needed = 1;
        while (RankTest.smallestPossible(needed, needed) * family > rules.significance()) {
            needed++;
        }
        return new Comparison.Reason(Comparison.Kind.TOO_FEW, "needs " + needed + " cells", "too few repeats ("
            + counts[0] + " and " + counts[1] + "): with " + Wording.counted(family, "pair")
            + " nothing can be significant below " + needed + " each"
            + (placements.contains("+") ? " of one placement class, and these are " + placements : ""), 0);
    }

    Comparison.Reason within() {
        return new Comparison.Reason(Comparison.Kind.WITHIN, "within " + bound, "any difference is within " + bound, 0);
    }

    Comparison.Reason differs(double pValue) {
        String text = pValue < 0.0001 ? "p < 0.0001" : Wording.format("p = %.2g", pValue);
        return new Comparison.Reason(Comparison.Kind.DIFFERS, text, "more than chance explains (" + text + ")", 0);
    }

    Comparison.Reason small() {
        return new Comparison.Reason(Comparison.Kind.SMALL, "small", "there is a difference, but most likely less than "
            + "half of the " + bound + " that count", 0);
    }

    /**
     * The width of an interval falls with the root of the number of repeats; a difference is found with a power of 95 %
     * when it is as many standard errors as the corrected significance and that power take together.
     */
    Comparison.Reason wide(RankTest test, int[] counts, int family) {
        double half = (test.interval().high() - test.interval().low()) / 2;
        double toTell = NORMAL.inverseCumulativeProbability(1 - rules.significance() / 2);
        double toFind = NORMAL.inverseCumulativeProbability(1 - rules.significance() / 2 / family)
            + NORMAL.inverseCumulativeProbability(POWER);
        double wanted = Math.log1p(rules.minEffect()) * toTell / toFind;
        int fewest = Math.min(counts[0], counts[1]);
        double needed = Math.max(fewest + 1.0, fewest * (half / wanted) * (half / wanted));
        String number = needed > MOST_REPEATS ? "over " + MOST_REPEATS : "~" + (int) Math.ceil(needed);
        return new Comparison.Reason(Comparison.Kind.WIDE, "needs " + number, (test.interval().contains(0)
            ? "repeats differ too much to tell" : "not significant among " + family + " pairs") + "; to find " + bound
            + " would take " + number.replace("~", "about ") + " repeats each", (int) Math.ceil(needed));
    }
}
