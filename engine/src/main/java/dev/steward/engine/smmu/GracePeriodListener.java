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

    /**
     * The writer starts to wait for a grace period, its own or another's: as a rule it has published, and readers may
     * still hold the old state; with percpu-rwsem it comes before, until readers are on their slow path.
     */
    void onGracePeriodBegin();

    /** The wait is over. */
    void onGracePeriodEnd();
}
