package dev.steward.engine.smmu;

/**
 * What a guard had to do beyond the plain way.
 *
 * @param retries           optimistic reads that failed validation and were repeated.
 * @param fallbacks         reads and reports that gave up their fast path and took a lock.
 * @param readerWaits       commits that found a report under way and waited for it (not a lock wait).
 * @param gracePeriods      grace periods that commits or destroys waited for.
 * @param deferredPeakBytes most memory that was replaced, but not yet free for reuse, at any one time.
 * @param footprintBytes    memory that the guard holds for its streams, readers and locks.
 */
public record GuardStatistics(
    long retries, long fallbacks, long readerWaits, long gracePeriods, long deferredPeakBytes, long footprintBytes) {

    /**
     * Statistics of a guard that only locks.
     *
     * @param footprintBytes memory that the guard holds.
     * @return statistics with all counters 0.
     */
    public static GuardStatistics ofFootprint(long footprintBytes) {
        return new GuardStatistics(0, 0, 0, 0, 0, footprintBytes);
    }

    /**
     * Adds up what two parts of a guard had to do; peaks as well, so the sum is an upper bound of the common peak.
     *
     * @param other statistics of the other part.
     * @return the sums.
     */
    public GuardStatistics plus(GuardStatistics other) {
        return new GuardStatistics(
            retries + other.retries,
            fallbacks + other.fallbacks,
            readerWaits + other.readerWaits,
            gracePeriods + other.gracePeriods,
            deferredPeakBytes + other.deferredPeakBytes,
            footprintBytes + other.footprintBytes);
    }
}
