package dev.steward.engine.smmu;

/**
 * Told when a writer starts and ends waiting for readers, so that the owner of a clock can time it; a guard owns none.
 *
 * <p>Called by the committing thread. Must not throw.
 */
public interface GracePeriodListener {
    /** A listener that does nothing. */
    GracePeriodListener NONE = new GracePeriodListener() {
        @Override
        public void onGracePeriodBegin() {
            // nobody is interested
        }

        @Override
        public void onGracePeriodEnd() {
            // nobody is interested
        }
    };

    /** The writer has published and starts to wait for the readers that may still hold the old state. */
    void onGracePeriodBegin();

    /** All those readers have left. */
    void onGracePeriodEnd();
}
