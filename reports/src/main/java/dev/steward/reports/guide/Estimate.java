package dev.steward.reports.guide;

/**
 * A figure between measured points, with the span of the repeats.
 *
 * @param value median of the repeats, interpolated; nanoseconds
 * @param low   least of the repeats, interpolated
 * @param high  greatest of the repeats, interpolated
 */
public record Estimate(double value, double low, double high) {
    Estimate plus(final Estimate other) {
        return new Estimate(value + other.value, low + other.low, high + other.high);
    }

    Estimate times(final double factor) {
        return new Estimate(value * factor, low * factor, high * factor);
    }
}
