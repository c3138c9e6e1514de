package dev.steward.loadgen.log;

/**
 * What a log held. All counts are 0 or more.
 *
 * @param smmuLines          lines of an SMMU's driver, whether or not they speak of events.
 * @param suppressedMessages sum of the counts in rate-limit lines ({@code N callbacks suppressed}): calls that printed
 *                           nothing, each up to one event that is not in the log.
 */
public record LogSummary(
    long lines, long smmuLines, long completeEvents, long incompleteEvents, long overflows,
    long suppressedMessages) {
    /** Events found, complete or not. */
    public long events() {
        return completeEvents + incompleteEvents;
    }
}
