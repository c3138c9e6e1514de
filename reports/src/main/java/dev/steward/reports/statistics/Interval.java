package dev.steward.reports.statistics;

/**
 * A confidence interval.
 *
 * @param low   lower end
 * @param high  upper end, not below the lower
 * @param level of confidence it aims at, 0 to 1
 */
public record Interval(double low, double high, double level) {
    /**
     * Whether a value lies inside.
     *
     * @param value to look for
     * @return true also at the ends
     */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /**
     * Whether the whole interval lies inside another range.
     *
     * @param from lower end of the range
     * @param to   upper end of the range
     * @return true also where ends meet
     */
    public boolean within(double from, double to) {
        return from <= low && high <= to;
    }
}
