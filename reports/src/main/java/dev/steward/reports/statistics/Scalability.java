package dev.steward.reports.statistics;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * The universal scalability law, fitted to throughput over thread counts by least squares: X(n) = lambda n / (1 + sigma
 * (n - 1) + kappa n (n - 1)). Sigma is contention (the share that waits in line), kappa coherency (the cost of keeping
 * everyone's view the same). Nothing keeps a parameter from coming out below 0, which means that the law does not
 * describe the data.
 * Source: N. Gunther, Guerrilla Capacity Planning (2007), chapters 4 and 5.
 *
 * @param lambda throughput of one thread
 * @param residualError standard error of the residuals, in the unit of the throughput
 * @param rSquared share of the variance that the fit explains, to 1
 */
public record Scalability(Parameter lambda, Parameter sigma, Parameter kappa, double residualError, double rSquared) {
    /** Fewest different thread counts: one more than the law has parameters. */
    public static final int FEWEST_COUNTS = 4;

    private static final int MOST_STEPS = 10_000;

    /**
     * Fits.
     *
     * @param threads    thread counts, 1 or more each, same length as the throughput
     * @param throughput above 0, any unit
     * @param level      of the parameters' intervals, above 0 and below 1
     * @throws IllegalArgumentException in one line, with fewer than {@link #FEWEST_COUNTS} different thread counts,
     *                                  with values that are out of range, or if the fit does not settle
     */
    public static Scalability fit(double[] threads, double[] throughput, double level) {
        require(threads, throughput);
        double scale = Arrays.stream(throughput).max().orElseThrow();
        double[] scaled = Arrays.stream(throughput).map(value -> value / scale).toArray();
        LeastSquaresOptimizer.Optimum optimum = optimum(threads, scaled);
        double squares = optimum.getResiduals().dotProduct(optimum.getResiduals());
        int freedom = threads.length - 3;
        double t = new TDistribution(freedom).inverseCumulativeProbability((1 + level) / 2);
        RealVector errors = optimum.getSigma(1e-300).mapMultiply(Math.sqrt(squares / freedom));
        double mean = Arrays.stream(scaled).average().orElseThrow();
        double variation = Arrays.stream(scaled).map(value -> (value - mean) * (value - mean)).sum();
        RealVector point = optimum.getPoint();
        return new Scalability(
            parameter(point.getEntry(0) * scale, errors.getEntry(0) * scale, t, level),
            parameter(point.getEntry(1), errors.getEntry(1), t, level),
            parameter(point.getEntry(2), errors.getEntry(2), t, level),
            Math.sqrt(squares / freedom) * scale, variation == 0 ? Double.NaN : 1 - squares / variation);
    }

    /** {@return throughput by the law with 1 thread or more, in the unit of the data} */
    public double at(double threads) {
        return lambda.value() * threads / (1 + sigma.value() * (threads - 1) + kappa.value() * threads * (threads - 1));
    }

    /** {@return thread count beyond which throughput falls: positive infinity if it never does by this fit} */
    public double peak() {
        return kappa.value() <= 0 ? Double.POSITIVE_INFINITY
            : Math.sqrt(Math.max(0, 1 - sigma.value()) / kappa.value());
    }

    private static void require(double[] threads, double[] throughput) {
        if (threads.length != throughput.length) {
            throw new IllegalArgumentException(
                threads.length + " thread counts, but " + throughput.length + " values of throughput");
        }
        long counts = Arrays.stream(threads).distinct().count();
        if (counts < FEWEST_COUNTS) {
            throw new IllegalArgumentException("a fit of the scalability law needs " + FEWEST_COUNTS
                + " different thread counts, there are " + counts);
        }
        if (Arrays.stream(threads).anyMatch(count -> !(count >= 1))
            || Arrays.stream(throughput).anyMatch(value -> !(value > 0) || Double.isInfinite(value))) {
            throw new IllegalArgumentException("thread counts have to be 1 or more, throughput above 0");
        }
    }

    private static LeastSquaresOptimizer.Optimum optimum(double[] threads, double[] throughput) {
        try {
            return new LevenbergMarquardtOptimizer().optimize(new LeastSquaresBuilder()
                .start(new double[] {throughput[0] / threads[0], 0.1, 0.001})
                .target(throughput)
                .model(point -> model(threads, point))
                .maxEvaluations(MOST_STEPS).maxIterations(MOST_STEPS)
                .build());
        } catch (MathRuntimeException e) {
            throw new IllegalArgumentException("the scalability law cannot be fitted to these values", e);
        }
    }

    private static Pair<RealVector, RealMatrix> model(double[] threads, RealVector point) {
        RealVector values = new ArrayRealVector(threads.length);
        RealMatrix slopes = new Array2DRowRealMatrix(threads.length, 3);
        for (int i = 0; i < threads.length; i++) {
            double n = threads[i];
            double below = 1 + point.getEntry(1) * (n - 1) + point.getEntry(2) * n * (n - 1);
            double value = point.getEntry(0) * n / below;
            values.setEntry(i, value);
            slopes.setEntry(i, 0, n / below);
            slopes.setEntry(i, 1, -value * (n - 1) / below);
            slopes.setEntry(i, 2, -value * n * (n - 1) / below);
        }
        return new Pair<>(values, slopes);
    }

    private static Parameter parameter(double value, double error, double t, double level) {
        return new Parameter(value, error, new Interval(value - t * error, value + t * error, level));
    }

    /** One fitted parameter. */
    public record Parameter(double value, double error, Interval interval) {
    }
}
