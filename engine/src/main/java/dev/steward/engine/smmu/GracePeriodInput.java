package dev.steward.engine.smmu;

/**
 * How long a grace period of the kernel takes, as an input of the model: what a writer waits for beside the readers of
 * its own guard, which it always waits for (docs/domain.md, 8.3).
 *
 * <p>Threading: any. Never called under a lock that an event takes.
 */
public interface GracePeriodInput {
    /** Grace periods take no time of their own: a writer waits for the readers of its guard and for nothing else. */
    GracePeriodInput NONE = new GracePeriodInput() {
        @Override
        public void await() {
            // no time
        }

        @Override
        public void call(Runnable callback) {
            callback.run();
        }

        @Override
        public long nowNs() {
            return 0;
        }
    };

    /** Waits for one grace period, from now (synchronize_rcu()). Not interruptible; keeps the interrupted state. */
    void await();

    /**
     * Has something done after one grace period, from now, without waiting for it (call_rcu()).
     *
     * @param callback run once, by any thread, maybe by this call; does not throw, does not wait.
     */
    void call(Runnable callback);

    /** {@return the time in nanoseconds from any origin, for rules that ask how long ago a grace period ended} */
    long nowNs();
}
