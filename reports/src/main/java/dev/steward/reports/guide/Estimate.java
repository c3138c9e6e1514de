package dev.steward.reports.guide;

/**
 * A figure between measured points.
 *
 * @param value nanoseconds
 * @param low   of an interval of 99 % over generations, or the least of the repeats
 */
public record Estimate(double value, double low, double high) {
}
