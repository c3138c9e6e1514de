package dev.steward.engine.stream;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * How a thread waits for another without a queue of sleepers: spins while the other may be running on another core,
 * then gives its own core away.
 *
 * <p>The kernel knows whether the other runs, and a holder of its spinlocks cannot be preempted; a JVM thread knows
 * neither, so the ladder stands in for that: with more threads than cores the other may need the very core that the
 * waiter spins on. To yield is not enough: a waiter of real-time priority yields to none of lower priority, so without
 * the last rung it would keep a preempted holder off its core for ever. Keeps no state: the caller counts the rounds.
 */
public final class Backoff {
    static final int SPINS = 100;
    static final int YIELDS = 20;
    private static final long MIN_PARK_NS = 1_000;
    private static final int MAX_PARK_SHIFT = 6;

    private Backoff() {
    }

    /** Waits a little, after so many rounds waited before, from 0. Keeps the interrupted state. */
    public static void pause(int round) {
        pause(round, LockSupport::parkNanos);
    }

    static void pause(int round, LongConsumer parkNanos) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else if (round < SPINS + YIELDS) {
            Thread.yield();
        } else {
            // An interrupted thread would not park, and so keep its core.
            boolean interrupted = Thread.interrupted();
            parkNanos.accept(MIN_PARK_NS << Math.min(round - SPINS - YIELDS, MAX_PARK_SHIFT));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
