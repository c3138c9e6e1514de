package dev.steward.strategy.torture;

import java.util.function.LongSupplier;

/**
 * How a torture is run.
 *
 * @param readers    threads that translate and report, 1 to {@link GuardTorture#STREAMS}.
 * @param hotStreams streams that are really used, a power of two from the number of committers to
 *                   {@link GuardTorture#STREAMS}; few make collisions likely, many reach all pages.
 * @param stepBack   whether committers give their core away now and then: an unfair lock would otherwise hardly ever
 *                   let a reader in.
 * @param nanoClock  times the commits, nanoseconds from any origin.
 * @param history    operations that each thread keeps, a power of two, or 0. With a history each operation is timed,
 *                   and the torture stops itself at the first broken promise.
 * @param disturber  of its threads.
 */
public record TortureSettings(
    int readers, int committers, int hotStreams, long seed, boolean stepBack, LongSupplier nanoClock,
    int history, TortureDisturber disturber) {

    /** Without a history, undisturbed. */
    public TortureSettings(
        int readers, int committers, int hotStreams, long seed, boolean stepBack, LongSupplier nanoClock) {
        this(readers, committers, hotStreams, seed, stepBack, nanoClock, 0, TortureDisturber.NONE);
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException with one line that says what is allowed.
     */
    public TortureSettings {
        if (readers < 1 || readers > GuardTorture.STREAMS) {
            throw new IllegalArgumentException("readers: " + readers + " is not allowed; 1 to " + GuardTorture.STREAMS);
        }
        if (Integer.bitCount(committers) != 1 || committers > GuardTorture.STREAMS) {
            throw new IllegalArgumentException("committers: " + committers
                + " is not allowed; a power of two up to " + GuardTorture.STREAMS);
        }
        if (Integer.bitCount(hotStreams) != 1 || hotStreams < committers || hotStreams > GuardTorture.STREAMS) {
            throw new IllegalArgumentException("streams: " + hotStreams
                + " is not allowed; a power of two from " + committers + " to " + GuardTorture.STREAMS);
        }
    }
}
