package dev.steward.reports.statistics;

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
    /** {@return the mean of values, two or more} */
    public static MeanInterval of(double[] values) {
        return new MeanInterval(StatUtils.mean(values), StatUtils.variance(values) / values.length, values.length - 1);
    }

    /**
     * How much the mean of some values exceeds that of others, two or more each, which need not scatter alike. Source:
     * B. Welch, The generalization of Student's problem, Biometrika 34 (1947).
     */
    public static MeanInterval ofDifference(double[] values, double[] others) {
        MeanInterval one = of(values);
        MeanInterval other = of(others);
        double variance = one.variance + other.variance;
        double freedom = variance * variance
            / (one.variance * one.variance / one.freedom + other.variance * other.variance / other.freedom);
        // Where nothing scatters any number of degrees is right.
        return new MeanInterval(
            one.mean - other.mean, variance, variance > 0 ? freedom : one.freedom + other.freedom);
    }

    /** {@return half the width of the interval: in the unit of the values} */
    public double halfWidth(double level) {
        return new TDistribution(freedom).inverseCumulativeProbability((1 + level) / 2) * Math.sqrt(variance);
    }

    /** {@return the interval of a level: above 0 and below 1} */
    public Interval interval(double level) {
        double half = halfWidth(level);
        return new Interval(mean - half, mean + half, level);
    }
}
