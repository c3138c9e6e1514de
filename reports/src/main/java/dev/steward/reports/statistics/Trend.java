package dev.steward.reports.statistics;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Whether a series rises or falls, whatever its shape: the test of Mann and Kendall, with the correction for ties and
 * for continuity. No library that is in use here has it. Sources: H. Mann, Econometrica 13 (1945); M. Kendall, Rank
 * Correlation Methods (1975).
 *
 * @param s      concordant minus discordant pairs; positive: rises
 * @param pValue two-sided, 0 to 1
 */
public record Trend(long s, double pValue) {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** Tests; the p-value is 1 for fewer than three values or a constant. */
    public static Trend of(double[] series) {
        long s = 0;
        for (int i = 0; i < series.length; i++) {
            for (int j = i + 1; j < series.length; j++) {
                s += (long) Math.signum(series[j] - series[i]);
            }
        }
        double variance = (spread(series.length) - tieSpread(series)) / 18;
        if (series.length < 3 || variance <= 0 || s == 0) {
            return new Trend(s, 1);
        }
        double z = (Math.abs(s) - 1) / Math.sqrt(variance);
        return new Trend(s, Math.min(1, 2 * NORMAL.cumulativeProbability(-z)));
    }

    private static double tieSpread(double[] series) {
        double[] sorted = series.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int run = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                run++;
            } else {
                sum += spread(run);
                run = 1;
            }
        }
        return sum;
    }

    private static double spread(double n) {
        return n * (n - 1) * (2 * n + 5);
    }
}
