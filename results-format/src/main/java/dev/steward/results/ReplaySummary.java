package dev.steward.results;

import java.util.List;

/**
 * What was found in the logs of a replay. Immutable. Part of {@code run.json}: the names are the field names there.
 *
 * @param skipped      what is not played, by kind and reason.
 * @param lengthNs     from the first to the last record, in nanoseconds.
 * @param suppressed   calls of rate-limited messages of which the logs say that they printed nothing.
 * @param overflows    lines that say that an event queue or log overflowed.
 */
public record ReplaySummary(
    List<Log> logs, List<Used> used, List<Skipped> skipped, long events, long attaches, int devices, long lengthNs,
    long suppressed, long overflows, Timing timing, List<String> notes) {
    /** One log. */
    public record Log(String name, long bytes, long lines) {
    }

    /** What is played of one kind. */
    public record Used(String kind, long events, long attaches) {
    }

    /**
     * What is not played.
     *
     * @param kind   see {@link LogKind#label()}, or {@code log} for lines of whatever kind.
     */
    public record Skipped(String kind, String reason, long count, String first) {
    }

    /**
     * How times had to be mended.
     *
     * @param unstamped     records without a time, each played {@code gapNs} after the one before.
     * @param outOfOrder    records a little earlier than the one before, played at the same time.
     * @param restarts      places where the clock began anew: what follows is put behind.
     * @param shortenedNs   time taken out of them, in nanoseconds.
     * @param gapNs         gap where no clock tells, in nanoseconds.
     */
    public record Timing(
        long unstamped, long outOfOrder, long restarts, long shortenedGaps, long shortenedNs, long gapNs) {
    }
}
