package dev.steward.reports.statistics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;

/**
 * A mean and how far it may be from the truth, by Student's t. Source: Student, The probable error of a mean,
 * Biometrika 6 (1908).
 *
 * @param mean     in the unit of the values
 * @param variance of the mean, not of the values
 * @param freedom  degrees of freedom of the variance, above 0
 */
public record MeanInterval(double mean, double variance, double freedom) {
    /** Below it cutting off one value on either side costs more than a wild one would. */
    public static final int FEWEST_TO_TRIM = 10;
    private static final int TRIMMED_PART = 8;

    /** {@return the mean of values, two or more} */
    public static MeanInterval of(double[] values) {
        return new MeanInterval(StatUtils.mean(values), StatUtils.variance(values) / values.length, values.length - 1);
    }

    /**
     * The mean without the smallest and the largest values, from {@link #FEWEST_TO_TRIM} values on an eighth of them on
     * either side: one wild value neither moves the mean nor widens its interval. Source: J. Tukey, D. McLaughlin, Less
     * vulnerable confidence and significance procedures for location based on a single sample, Sankhya A 25 (1963).
     *
     * @param values one or more; the variance of a single one is not a number
     */
    public static MeanInterval trimmed(double[] values) {
        int cut = values.length < FEWEST_TO_TRIM ? 0 : values.length / TRIMMED_PART;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int kept = sorted.length - 2 * cut;
        double mean = StatUtils.mean(sorted, cut, kept);
        Arrays.fill(sorted, 0, cut, sorted[cut]);
        Arrays.fill(sorted, cut + kept, sorted.length, sorted[cut + kept - 1]);
        double squares = StatUtils.variance(sorted) * (sorted.length - 1);
        return new MeanInterval(mean, squares / (kept - 1) / kept, kept - 1);
    }

    /** {@return half the width of the interval of a level: in the unit of the values} */
    public double halfWidth(double level) {
        return student(level, freedom) * Math.sqrt(variance);
    }

    /** {@return the interval of a level: above 0 and below 1} */
    public Interval interval(double level) {
        double half = halfWidth(level);
        return new Interval(mean - half, mean + half, level);
    }

    /**
     * The interval of a level that holds for several means together.
     *
     * @param reach standard errors to either side, by degrees of freedom
     * @return with the level that it has for this mean alone
     */
    public Interval interval(DoubleUnaryOperator reach) {
        double errors = reach.applyAsDouble(freedom);
        double half = errors * Math.sqrt(variance);
        return new Interval(
            mean - half, mean + half, 2 * new TDistribution(freedom).cumulativeProbability(errors) - 1);
    }

    /**
     * How many values would give an interval that is narrow enough, if they go on to scatter as they do.
     *
     * @param values from which this mean was taken
     * @param half   wanted half of the width, above 0
     * @param reach  standard errors to either side, by degrees of freedom
     */
    public double valuesFor(int values, double half, DoubleUnaryOperator reach) {
        double one = variance * values;
        double needed = values;
        // The quantile falls towards that of the normal distribution: a few steps are enough to say about how many.
        for (int step = 0; step < 3; step++) {
            double q = reach.applyAsDouble(Math.max(1, freedom * (needed - 1) / (values - 1)));
            needed = Math.max(2, q * q * one / half / half);
        }
        return needed;
    }

    /** {@return this mean in another unit} */
    public MeanInterval times(double factor) {
        return new MeanInterval(mean * factor, variance * factor * factor, freedom);
    }

    /**
     * The difference to the mean of values that have nothing to do with these. Source: B. Welch, The generalization of
     * Student's problem, Biometrika 34 (1947), for the degrees of freedom.
     */
    public MeanInterval minus(MeanInterval other) {
        double sum = variance + other.variance;
        return new MeanInterval(mean - other.mean, sum, sum == 0 ? freedom + other.freedom
            : sum * sum / (variance * variance / freedom + other.variance * other.variance / other.freedom));
    }

    /** {@return standard errors to either side of the interval of a level} */
    public static double student(double level, double freedom) {
        return new TDistribution(freedom).inverseCumulativeProbability((1 + level) / 2);
    }
}
