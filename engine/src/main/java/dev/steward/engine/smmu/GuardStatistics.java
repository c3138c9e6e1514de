package dev.steward.engine.smmu;

/**
 * What a guard had to do beyond the plain way.
 *
 * @param retries         optimistic reads that failed validation and were repeated.
 * @param fallbacks       reads that gave up being optimistic and took the lock.
 * @param gracePeriods    grace periods a writer waited for.
 * @param footprintBytes  off-heap and padded heap memory that the guard holds for its streams and readers.
 */
public record GuardStatistics(long retries, long fallbacks, long gracePeriods, long footprintBytes) {
}
