package dev.steward.loadgen.log;

/**
 * Receives what a log holds. Records come in the order in which they are complete, which an SMMU event is only lines
 * after it began.
 */
public interface LogRecords {
    /** A record. */
    void onRecord(LogRecord record);

    /**
     * What is still to come stands on this line or later.
     *
     * @param line from 1.
     */
    void onProgress(long line);

    /**
     * A line or an event that is not used.
     *
     * @param kind   {@link LogKind#label()}, or {@code log} for lines of whatever kind.
     */
    void onSkipped(String kind, String reason, long line);

    /**
     * Messages that a rate limit kept out of the log.
     *
     * @param calls how many, 0 or more.
     */
    void onSuppressed(long calls);

    /**
     * Lines that say that an event queue or an event log overflowed.
     *
     * @param count how many, 0 or more.
     */
    void onOverflows(long count);

    /** Something that is wrong with the file. */
    void onDamage(long line, String what);
}
