package dev.steward.engine.smmu;

/**
 * What a guard had to do beyond the plain way.
 *
 * @param retries        optimistic reads that failed validation and were repeated.
 * @param fallbacks      reports that gave up being optimistic and took the lock.
 * @param readerWaits    commits that found a report on their stream under way and waited for it (not a lock wait).
 * @param gracePeriods   grace periods that commits waited for.
 * @param footprintBytes off-heap memory that the guard holds for its streams and readers.
 */
public record GuardStatistics(long retries, long fallbacks, long readerWaits, long gracePeriods, long footprintBytes) {
    /**
     * Statistics of a guard that only locks.
     *
     * @param footprintBytes off-heap memory that the guard holds.
     * @return statistics with all counters 0.
     */
    public static GuardStatistics ofFootprint(long footprintBytes) {
        return new GuardStatistics(0, 0, 0, 0, footprintBytes);
    }
}
