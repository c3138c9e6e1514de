package dev.steward.reports.verdict;

import dev.steward.results.Wording;

/**
 * What a verdict needs.
 *
 * @param minEffect    smallest difference that matters, as a share: 0.05 for 5 %
 * @param significance chance at which a difference may be called that is none, over all pairs of one family
 */
public record Rules(double minEffect, double significance) {
    /** Differences from 5 % on matter; one family in a hundred may hold a false alarm. */
    public static final Rules DEFAULT = new Rules(0.05, 0.01);

    /** Checks the ranges. */
    public Rules {
        if (!(minEffect > 0 && minEffect < 1)) {
            throw new IllegalArgumentException("the minimum effect has to be above 0 % and below 100 %");
        }
        if (!(significance > 0 && significance < 0.5)) {
            throw new IllegalArgumentException("the significance has to be above 0 and below 0.5");
        }
    }

    /** {@return level of the intervals beside a verdict: what the significance leaves} */
    double level() {
        return 1 - significance;
    }

    /** {@return the minimum effect in print: for example {@code 5%}, {@code 2.5%}} */
    public String minEffectText() {
        return Wording.format("%.3f", minEffect * 100).replaceAll("\\.?0+$", "") + "%";
    }
}
