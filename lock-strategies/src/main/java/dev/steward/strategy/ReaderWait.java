package dev.steward.strategy;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How a writer waits for a reader: spins while the reader may be running on another core, then gives its own core away.
 *
 * <p>The kernel knows whether the reader runs; a JVM thread does not, so the ladder stands in for that knowledge: with
 * more threads than cores the reader may need the very core the writer spins on.
 */
final class ReaderWait {
    private static final int MAX_SPINS = 100;
    private static final int MAX_YIELDS = 20;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 100_000;

    private ReaderWait() {
    }

    static IdleStrategy newIdleStrategy() {
        return new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }
}
