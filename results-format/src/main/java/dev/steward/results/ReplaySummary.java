package dev.steward.results;

import static dev.steward.results.Within.Range.LONG;

import java.util.List;

/**
 * What was found in the logs of a replay. Immutable. Part of {@code run.json}: the names are the field names there.
 */
public record ReplaySummary(
    List<Log> logs, List<Used> used, List<Skipped> skipped, long events, long attaches, int devices,
    @Within(LONG) long lengthNs, @Within(LONG) long suppressed, long overflows, Timing timing, List<String> notes) {
    /** One log. */
    public record Log(String name, long bytes, long lines) {
    }

    /** What is played of one kind. */
    public record Used(String kind, long events, long attaches) {
    }

    /** What is not played. */
    public record Skipped(String kind, String reason, long count, String first) {
    }

    /** How times had to be mended. */
    public record Timing(
        long unstamped, long outOfOrder, long restarts, long shortenedGaps,
        @Within(LONG) long shortenedNs, long gapNs) {
    }
}
