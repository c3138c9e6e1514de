package dev.steward.strategy.torture;

/**
 * One operation of a torture that kept its history.
 *
 * @param thread    committers first, from 0, then readers, then those of the committers.
 * @param operation what it did.
 * @param streamId  32 raw bits.
 * @param commit    which commit on the stream it made or was answered with; {@link #NOT_ATTACHED} for no attachment.
 * @param startNs   before the call, nanoseconds of the caller's clock.
 * @param endNs     after it.
 * @param broken    whether a promise was seen broken in it.
 */
public record TortureStep(
    int thread, Operation operation, int streamId, int commit, long startNs, long endNs, boolean broken) {
    /** An answer that names no commit: one of the detaches, or the state before the first attach. */
    public static final int NOT_ATTACHED = -1;

    /** What can be done to a guard. */
    public enum Operation {
        /** The stream was attached or detached. */
        COMMIT,
        /** Whoever was in a report is waited for. */
        SYNCHRONIZE,
        /** A snapshot was read. */
        TRANSLATE,
        /** An event was reported. */
        REPORT,
        /** A stalled fault was. */
        STALL
    }
}
