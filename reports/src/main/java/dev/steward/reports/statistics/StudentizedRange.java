package dev.steward.reports.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.LegendreRuleFactory;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;
import org.hipparchus.util.Pair;

/**
 * The largest difference of any two of several means, in standard errors of a mean: what all pairs of contestants
 * exceed together by chance. Bonferroni's correction takes the pairs as if they had nothing to do with each other: of
 * five means with 14 degrees of freedom it asks for 3.33 errors at 95 %, and this for 3.12. Source:
 * J. Tukey, The problem of multiple comparisons (1953); R. Lund, J. Lund, Algorithm AS 190, Appl. Statist. 32 (1983),
 * for the two integrals.
 *
 * <p>Threading: for any.
 */
public final class StudentizedRange {
    /** Between two entries of the table a straight line is off by 1e-6 at most. */
    private static final double STEP = 1.0 / 128;
    private static final double WIDEST = 16;
    private static final double EDGE = 8;
    private static final Pair<double[], double[]> RULE = new LegendreRuleFactory().getRule(64);
    private static final double LOG_LEAST = -7;
    private static final double LOG_MOST = 30;
    private static final double LOG_EXACT = 1e-9;
    /** Beyond them the error is as good as known, and the density no longer exact. */
    private static final double MOST_FREEDOM = 1e5;
    private static final double ROOT_2 = Math.sqrt(2);
    private static final double ROOT_2_PI = Math.sqrt(2 * Math.PI);

    /** A table takes some 20 ms. */
    private static final Map<Integer, StudentizedRange> KNOWN = new ConcurrentHashMap<>();

    /** Chance that the range of as many normal values stays below the index times {@link #STEP}. */
    private final double[] below = new double[(int) (WIDEST / STEP) + 1];

    private StudentizedRange(int means) {
        for (int i = 0; i < below.length; i++) {
            double width = i * STEP;
            below[i] = means * integral(z -> Math.exp(-z * z / 2) / ROOT_2_PI
                * Math.pow(normal(z) - normal(z - width), means - 1), -EDGE, EDGE);
        }
    }

    /** {@return the range of so many means, 2 or more} */
    public static StudentizedRange of(int means) {
        return KNOWN.computeIfAbsent(means, StudentizedRange::new);
    }

    /**
     * {@return how many standard errors of their difference two means may lie apart before it counts}
     *
     * @param level   chance that no pair does so where none differs, above 0 and below 1
     * @param freedom degrees of freedom of the standard error, 1 or more
     */
    public double quantile(double level, double freedom) {
        double log = new BrentSolver(LOG_EXACT).solve(
            1000, at -> 1 - level - beyond(Math.exp(at), Math.min(freedom, MOST_FREEDOM)), LOG_LEAST, LOG_MOST);
        return Math.exp(log) / ROOT_2;
    }

    /** Only where the error is so small that the range is not certain, so that the far tail is exact, too. */
    private double beyond(double range, double freedom) {
        double log = Math.log(freedom) * freedom / 2 - Gamma.logGamma(freedom / 2) - (freedom / 2 - 1) * Math.log(2);
        double edge = EDGE / Math.sqrt(2 * freedom);
        double from = Math.max(0, 1 - edge);
        double to = Math.min(1 + edge, WIDEST / range);
        return to <= from ? 0 : integral(error ->
            Math.exp(log + (freedom - 1) * Math.log(error) - freedom * error * error / 2)
                * (1 - below(range * error)), from, to);
    }

    private double below(double width) {
        double at = width / STEP;
        int index = (int) at;
        return index >= below.length - 1 ? 1 : below[index] + (at - index) * (below[index + 1] - below[index]);
    }

    private double integral(DoubleUnaryOperator of, double from, double to) {
        double half = (to - from) / 2;
        double sum = 0;
        for (int i = 0; i < RULE.getFirst().length; i++) {
            sum += RULE.getSecond()[i] * of.applyAsDouble(from + half * (1 + RULE.getFirst()[i]));
        }
        return half * sum;
    }

    private static double normal(double z) {
        return Erf.erfc(-z / ROOT_2) / 2;
    }
}
