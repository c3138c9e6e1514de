package dev.steward.loadgen.log;

/**
 * Receives what a log holds. Records come in the order in which they are complete, which an SMMU event is only lines
 * after it began.
 */
public interface LogRecords {
    /** A record. */
    void onRecord(LogRecord record);

    /** What is still to come stands on this line, from 1, or later. */
    void onProgress(long line);

    /** A line or an event that is not used; its kind is a {@link LogKind#label()}, or {@code log} for any line. */
    void onSkipped(String kind, String reason, long line);

    /** Tells how many messages, 0 or more, a rate limit kept out of the log. */
    void onSuppressed(long calls);

    /** Tells how many lines, 0 or more, say that an event queue or an event log overflowed. */
    void onOverflows(long count);

    /** Something that is wrong with the file. */
    void onDamage(long line, String what);
}
