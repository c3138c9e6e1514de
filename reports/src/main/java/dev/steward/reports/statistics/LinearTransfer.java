package dev.steward.reports.statistics;

import dev.steward.results.Median;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.stat.regression.SimpleRegression;

/**
 * Figures of one world from those of another by a straight line: fitted on a third of the things, every third in the
 * order of the first world, and judged on the rest. Source: P. Valov, J.-C. Petkovich, J. Guo, S. Fischmeister, K.
 * Czarnecki, Transferring performance prediction models across different hardware platforms, ICPE 2017.
 *
 * @param slope       of the line
 * @param intercept   of the line, in the unit of the values
 * @param fitted      things that it was fitted on
 * @param medianError median of the relative errors on the others, 0.1 for 10 %
 * @param worstError  the largest of them
 */
public record LinearTransfer(double slope, double intercept, int fitted, double medianError, double worstError) {
    /** Fewer cannot be fitted and judged. */
    public static final int FEWEST = 6;
    private static final int THIRD = 3;

    /** {@return the transfer from the first to the second, of {@link #FEWEST} positive values or more each} */
    public static LinearTransfer of(double[] first, double[] second) {
        List<Integer> order = IntStream.range(0, first.length).boxed()
            .sorted(Comparator.comparingDouble(i -> first[i])).toList();
        SimpleRegression line = new SimpleRegression();
        for (int i = 1; i < order.size(); i += THIRD) {
            line.addData(first[order.get(i)], second[order.get(i)]);
        }
        double[] errors = IntStream.range(0, order.size()).filter(i -> i % THIRD != 1).mapToObj(order::get)
            .mapToDouble(i -> Math.abs(line.predict(first[i]) - second[i]) / second[i]).toArray();
        return new LinearTransfer(line.getSlope(), line.getIntercept(), (int) line.getN(), Median.of(errors),
            Arrays.stream(errors).max().orElseThrow());
    }
}
