package dev.steward.loadgen.turn;

import java.util.function.LongSupplier;

/**
 * Waits after a turn until its JVM uses no processor any more: what the turn set the compilers on can take longer than
 * the turn, and the next one is not to pay for it.
 */
final class Settling {
    /** Two ticks of most kernels: a JVM that works gets one in that time. */
    static final long POLL_MS = 20;
    /** After a turn that counts: a JVM that works on and on disturbs the next turn, which then is left out. */
    static final long BETWEEN_TURNS_MS = 300;
    /**
     * In the run-in: by themselves the compilers do in a second what takes them several seconds beside the load.
     */
    static final long RUN_IN_MS = 1_000;

    /** Lets time go by. */
    @FunctionalInterface
    interface Sleep {
        void millis(long millis) throws InterruptedException;
    }

    private Settling() {
    }

    /**
     * Waits.
     *
     * @param ticks of processor time that the JVM has used.
     */
    static void await(LongSupplier ticks, Sleep sleep, long limitMs) throws InterruptedException {
        long before = ticks.getAsLong();
        for (long waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
            sleep.millis(POLL_MS);
            long now = ticks.getAsLong();
            if (now == before) {
                return;
            }
            before = now;
        }
    }
}
