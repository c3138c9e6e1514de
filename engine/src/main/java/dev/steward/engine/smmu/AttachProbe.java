package dev.steward.engine.smmu;

/**
 * Watches the attach path around the commit of the guard. The implementation owns the clock and the oracles.
 *
 * <p>Called by the attaching thread with the group lock held, so per stream never by two threads at once.
 */
public interface AttachProbe {
    /** A probe that does nothing. */
    AttachProbe NONE = new AttachProbe() {
    };

    /**
     * The guard is about to be told of the new attachment: called for each stream of the device, then the guard is told
     * once.
     *
     * @param streamId   32 raw bits.
     * @param attachment the new one, or {@link Attachment#NOT_ATTACHED}.
     */
    default void committing(int streamId, long attachment) {
    }

    /**
     * The commit has returned, and nothing may reach the previous vIOMMU any more. Called for each stream.
     *
     * @param streamId   32 raw bits.
     * @param attachment the new one, or {@link Attachment#NOT_ATTACHED}.
     */
    default void committed(int streamId, long attachment) {
    }
}
