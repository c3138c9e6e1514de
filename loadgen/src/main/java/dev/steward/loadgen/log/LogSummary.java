package dev.steward.loadgen.log;

/**
 * What a log held. All counts are 0 or more.
 *
 * @param suppressedMessages sum of the counts in rate-limit lines ({@code N callbacks suppressed}): calls that printed
 *                           nothing, each up to one event that is not in the log.
 */
public record LogSummary(
    long lines, long completeEvents, long incompleteEvents, long overflows, long suppressedMessages) {
    /** Events found, complete or not. */
    public long events() {
        return completeEvents + incompleteEvents;
    }
}
