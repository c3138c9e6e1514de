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
     * The guard is about to be told of the new attachment.
     *
     * @param streamId   32 raw bits.
     * @param attachment the new one, or {@link Attachment#NOT_ATTACHED}.
     */
    default void committing(int streamId, long attachment) {
    }

    /**
     * The commit has returned: nothing may reach the previous vIOMMU any more.
     *
     * @param streamId   32 raw bits.
     * @param attachment the new one, or {@link Attachment#NOT_ATTACHED}.
     */
    default void committed(int streamId, long attachment) {
    }
}
