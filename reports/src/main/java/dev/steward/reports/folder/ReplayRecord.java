package dev.steward.reports.folder;

import java.util.List;

/**
 * What a replay read of its logs, as {@code run.json} has it. Immutable.
 *
 * @param logs       in the order they are played
 * @param used       what is played, by kind
 * @param skipped    what is not, by kind and reason
 * @param events     faults that are played
 * @param attaches   attach operations that are played
 * @param devices    that they are about
 * @param lengthNs   from the first to the last record, in nanoseconds
 * @param suppressed messages of which the logs say that they were not printed
 * @param overflows  lines that say that a queue overflowed
 * @param timing     how times had to be mended
 * @param notes      what else was noticed
 */
public record ReplayRecord(
    List<Log> logs, List<Used> used, List<Skipped> skipped, long events, long attaches, int devices, long lengthNs,
    long suppressed, long overflows, Timing timing, List<String> notes) {

    /** Copies the lists, so that nobody can change them later. */
    public ReplayRecord {
        logs = List.copyOf(logs);
        used = List.copyOf(used);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /**
     * One log.
     *
     * @param name  as it was given
     * @param bytes of its text, unpacked
     * @param lines of its text
     */
    public record Log(String name, long bytes, long lines) {
    }

    /**
     * What is played of one kind.
     *
     * @param kind     of lines
     * @param events   faults
     * @param attaches attach operations
     */
    public record Used(String kind, long events, long attaches) {
    }

    /**
     * What is not played.
     *
     * @param kind   of lines
     * @param reason in a few words
     * @param count  of lines or events
     * @param first  the first of them, {@code FILE:LINE}
     */
    public record Skipped(String kind, String reason, long count, String first) {
    }

    /**
     * How times had to be mended.
     *
     * @param unstamped     records without a time
     * @param outOfOrder    records a little earlier than the one before
     * @param restarts      places where the clock began anew
     * @param shortenedGaps pauses that were shortened
     * @param shortenedNs   time taken out of them, in nanoseconds
     * @param gapNs         gap where no clock tells, in nanoseconds
     */
    public record Timing(
        long unstamped, long outOfOrder, long restarts, long shortenedGaps, long shortenedNs, long gapNs) {
    }
}
