package dev.steward.results;

import java.util.List;

/**
 * What was found in the logs of a replay. Immutable. Part of {@code run.json}: the names are the field names there.
 *
 * @param logs         the logs in the order they are played.
 * @param used         what is played, by kind.
 * @param skipped      what is not played, by kind and reason.
 * @param events       faults that are played.
 * @param attaches     attach operations that are played.
 * @param devices      devices that they are about.
 * @param lengthNs     from the first to the last record, in nanoseconds.
 * @param suppressed   calls of rate-limited messages of which the logs say that they printed nothing.
 * @param overflows    lines that say that an event queue or log overflowed.
 * @param timing       how times had to be mended.
 * @param notes        what else was noticed, one line each.
 */
public record ReplaySummary(
    List<Log> logs, List<Used> used, List<Skipped> skipped, long events, long attaches, int devices, long lengthNs,
    long suppressed, long overflows, Timing timing, List<String> notes) {
    /**
     * One log.
     *
     * @param name  as it was given.
     * @param bytes of its text, unpacked.
     * @param lines of its text.
     */
    public record Log(String name, long bytes, long lines) {
    }

    /**
     * What is played of one kind.
     *
     * @param kind     see {@link LogKind#label()}.
     * @param events   faults.
     * @param attaches attach operations.
     */
    public record Used(String kind, long events, long attaches) {
    }

    /**
     * What is not played.
     *
     * @param kind   see {@link LogKind#label()}, or {@code log} for lines of whatever kind.
     * @param reason why, in a few words.
     * @param count  lines or events.
     * @param first  the first of them, {@code FILE:LINE}.
     */
    public record Skipped(String kind, String reason, long count, String first) {
    }

    /**
     * How times had to be mended.
     *
     * @param unstamped     records without a time, each played {@code gapNs} after the one before.
     * @param outOfOrder    records a little earlier than the one before, played at the same time.
     * @param restarts      places where the clock began anew: what follows is put behind.
     * @param shortenedGaps pauses that were longer than asked for.
     * @param shortenedNs   time taken out of them, in nanoseconds.
     * @param gapNs         gap where no clock tells, in nanoseconds.
     */
    public record Timing(
        long unstamped, long outOfOrder, long restarts, long shortenedGaps, long shortenedNs, long gapNs) {
    }
}
