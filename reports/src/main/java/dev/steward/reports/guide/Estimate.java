package dev.steward.reports.guide;

import java.util.function.DoubleBinaryOperator;

/**
 * A figure between measured points, with the span of the repeats.
 *
 * @param value median of the repeats, interpolated; nanoseconds
 * @param low   least of the repeats, interpolated
 */
public record Estimate(double value, double low, double high) {
    Estimate with(Estimate other, DoubleBinaryOperator of) {
        return new Estimate(of.applyAsDouble(value, other.value), of.applyAsDouble(low, other.low),
            of.applyAsDouble(high, other.high));
    }
}
