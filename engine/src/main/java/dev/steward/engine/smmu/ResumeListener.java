package dev.steward.engine.smmu;

/**
 * The stall side of the SMMU hardware: told of each RESUME command, so that a transaction which waits can go on. The
 * driver issues it without a CMD_SYNC (arm-smmu-v3.c; docs/domain.md, 3.3).
 */
@FunctionalInterface
public interface ResumeListener {
    /** Nobody models what becomes of the transaction. */
    ResumeListener NONE = (streamId, stallTag, response, stamp) -> { };

    /**
     * A RESUME was issued. Called by the handler thread, by the thread of the VMM that answers, or by an attaching
     * thread, so by several at once. Must be quick and must not call the SMMU.
     *
     * @param streamId 32 raw bits.
     * @param stallTag 16 bits.
     * @param response {@link dev.steward.engine.stream.CommandLayout#RESUME_0_RESPONSE_RETRY} or
     *                 {@link dev.steward.engine.stream.CommandLayout#RESUME_0_RESPONSE_ABORT}.
     * @param stamp    sideband of the event: its intended time.
     */
    void resumed(int streamId, int stallTag, int response, long stamp);
}
