package dev.steward.reports.statistics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Correction of many p-values that stand in one table, so that all of them together have the promised chance of a false
 * alarm. Source: S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).
 */
public final class Holm {
    private Holm() {
    }

    /** {@return the p-values, 0 to 1 each, corrected at the same places} */
    public static double[] adjust(double[] pValues) {
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int i = 0; i < order.length; i++) {
            largest = Math.max(largest, Math.min(1, (pValues.length - i) * pValues[order[i]]));
            adjusted[order[i]] = largest;
        }
        return adjusted;
    }
}
