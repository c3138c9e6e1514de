package dev.steward.reports.guide;

import dev.steward.reports.statistics.Interval;
import dev.steward.reports.statistics.MeanInterval;
import dev.steward.results.Median;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import org.hipparchus.stat.StatUtils;

/**
 * A figure of a strategy as often as it was measured. Immutable.
 *
 * @param generations whether values were measured by turns, so that those of one generation belong together across
 *                    strategies; else they are repeats
 * @param values      nanoseconds, above 0, by generation or repeat
 */
public record Sample(boolean generations, Map<Integer, Double> values) {
    private static final double LEVEL = 0.99;

    /** Copies the map. */
    public Sample {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Both at the same times. */
    Sample with(Sample other, DoubleBinaryOperator of) {
        Map<Integer, Double> both = new TreeMap<>();
        values.forEach((time, value) -> {
            if (other.values.containsKey(time)) {
                both.put(time, of.applyAsDouble(value, other.values.get(time)));
            }
        });
        return new Sample(generations, both);
    }

    /** {@return the typical value: over generations that of the mean logarithm, else the median; NaN for none} */
    public double typical() {
        return generations ? Math.exp(StatUtils.mean(logs())) : Median.of(array());
    }

    /** {@return the typical value: with an interval of 99 % over generations, or with the span of the repeats} */
    public Estimate estimate() {
        double[] all = array();
        if (!generations || all.length < 2) {
            return new Estimate(typical(), StatUtils.min(all), StatUtils.max(all));
        }
        Interval log = MeanInterval.of(logs()).interval(LEVEL);
        return new Estimate(typical(), Math.exp(log.low()), Math.exp(log.high()));
    }

    /**
     * Whether it is worse than another by more than a share that counts as the same, and over generations
     * significantly so.
     */
    boolean worseThan(Sample best, double tie) {
        if (!generations) {
            return typical() > best.typical() * (1 + tie);
        }
        Sample ratio = with(best, (own, other) -> own / other);
        return ratio.typical() > 1 + tie && (ratio.values.size() < 2 || ratio.estimate().low() > 1);
    }

    /** Whether it is known not to be worse than another by more than a share that counts as the same. */
    boolean within(Sample best, double tie) {
        if (!generations) {
            return !worseThan(best, tie);
        }
        Sample ratio = with(best, (own, other) -> own / other);
        return ratio.values.size() > 1 && ratio.estimate().high() <= 1 + tie;
    }

    private double[] array() {
        return values.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double[] logs() {
        return values.values().stream().mapToDouble(Math::log).toArray();
    }
}
