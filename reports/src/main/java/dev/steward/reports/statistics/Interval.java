package dev.steward.reports.statistics;

/**
 * A confidence interval.
 *
 * @param high  upper end, not below the lower
 * @param level of confidence it aims at, 0 to 1
 */
public record Interval(double low, double high, double level) {
    /** Whether a value lies inside. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether the whole interval lies inside another range. */
    public boolean within(double from, double to) {
        return from <= low && high <= to;
    }
}
