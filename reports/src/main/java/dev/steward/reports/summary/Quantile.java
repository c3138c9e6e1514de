package dev.steward.reports.summary;

import dev.steward.results.Distribution;
import dev.steward.results.Units;

/**
 * One percentile together with what it rests on. A p99.9 out of 500 values is the maximum under another name, so every
 * percentile says how many values lie beyond it.
 *
 * @param valueNs nanoseconds; meaningless with support NONE
 * @param support how many values lie beyond
 */
public record Quantile(long valueNs, Support support) {
    /** Values that have to lie beyond a percentile before it is quoted without a mark. */
    public static final int ENOUGH_BEYOND = 10;
    /** Stands before a percentile that fewer than ten values lie beyond. */
    private static final String FEW_MARK = "~";
    /** Stands before a percentile of which half or more is the generator's own lateness. */
    public static final String MACHINE_MARK = "!";

    /** Takes a percentile, 0 to below 1, of a distribution. */
    public static Quantile of(Distribution values, double quantile) {
        return new Quantile(values.valueAtNs(quantile), supportOf(values.count(), quantile));
    }

    /** Takes a percentile of a distribution that holds the lateness of its generator, which may be empty. */
    static Quantile of(Distribution values, Distribution lateness, double quantile) {
        Quantile plain = of(values, quantile);
        return plain.support != Support.NONE && values.isMostly(lateness, quantile)
            ? new Quantile(plain.valueNs, Support.MACHINE) : plain;
    }

    private static Support supportOf(long count, double quantile) {
        // Rounded, since 1 - 0.999 in binary floating point is a hair off and would turn 10 into 9.999.
        double beyond = Math.rint(count * (1 - quantile) * 1e6) / 1e6;
        if (beyond < 1) {
            return Support.NONE;
        }
        return beyond < ENOUGH_BEYOND ? Support.FEW : Support.ENOUGH;
    }

    /** {@return for print: a dash, also for null, the duration, or the duration after a mark} */
    public static String text(Quantile quantile) {
        if (quantile == null || quantile.support == Support.NONE) {
            return Units.NONE;
        }
        String mark = quantile.support == Support.FEW ? FEW_MARK
            : quantile.support == Support.MACHINE ? MACHINE_MARK : "";
        return mark + Units.duration(quantile.valueNs);
    }

    /** How far a percentile can be believed. */
    public enum Support {
        /** Less than one value lies beyond: it does not exist. */
        NONE,
        /** Fewer than {@link #ENOUGH_BEYOND} values lie beyond: marked. */
        FEW,
        /** Half of it or more is the generator's own lateness: marked, and not compared. */
        MACHINE,
        /** Enough values lie beyond. */
        ENOUGH
    }
}
