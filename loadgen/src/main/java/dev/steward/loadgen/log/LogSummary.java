package dev.steward.loadgen.log;

/**
 * What a log held. All counts are 0 or more.
 *
 * @param lines              lines read.
 * @param completeEvents     events whose every field is certain.
 * @param incompleteEvents   events of which something is missing or in doubt.
 * @param overflows          lines that report an overflow of the event queue.
 * @param suppressedMessages sum of the counts in rate-limit lines ({@code N callbacks suppressed}): calls that printed
 *                           nothing, each up to one event that is not in the log.
 */
public record LogSummary(
    long lines, long completeEvents, long incompleteEvents, long overflows, long suppressedMessages) {
    /**
     * Events found, complete or not.
     *
     * @return their number.
     */
    public long events() {
        return completeEvents + incompleteEvents;
    }
}
