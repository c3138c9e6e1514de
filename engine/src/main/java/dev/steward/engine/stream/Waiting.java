package dev.steward.engine.stream;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * How a thread waits for another: what a lock does with those who do not get it, whatever its algorithm is.
 *
 * <p>A waiter looks, {@linkplain #pause pauses} and looks again, and counts its rounds from 0. Who lets it go on calls
 * {@link #wake}, which costs nothing where nobody sleeps until woken.
 */
public enum Waiting {
    /** Keeps looking. After 100 looks it gives its core away between them, as {@link Backoff} says why. */
    SPIN,
    /** Looks for a while, then sleeps until it is woken. */
    SPIN_PARK,
    /** Sleeps until it is woken. */
    PARK,
    /** Offers its core to others between any two looks. After 20 looks it naps. */
    YIELD;

    /**
     * Looks that fit into a wait for somebody who runs: one takes 20 to 50 ns, so they outlast a report that only
     * queues an event, and end long before a time slice does.
     */
    public static final int LOOKS = 4096;

    /** The way that is written so: {@code spin-park}. */
    public static Waiting of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** How it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How often a waiter may look before it joins a queue of sleepers: {@link #LOOKS}, or 0. */
    public int looks() {
        return this == SPIN || this == SPIN_PARK ? LOOKS : 0;
    }

    /** Whether a waiter may sleep until it is woken. */
    public boolean parks() {
        return this == PARK || this == SPIN_PARK;
    }

    /** Whether a waiter sleeps until it is woken after so many rounds; it may also go on for no reason. */
    public boolean parksAt(int round) {
        return this == PARK || this == SPIN_PARK && round >= LOOKS;
    }

    /**
     * Waits a little, or until woken.
     *
     * @param round   rounds waited before.
     * @param blocker for whom, shown in a thread dump.
     */
    public void pause(int round, Object blocker) {
        if (parksAt(round)) {
            LockSupport.park(blocker);
        } else if (this == SPIN_PARK) {
            Thread.onSpinWait();
        } else {
            Backoff.pause(this == YIELD ? Math.addExact(round, Backoff.SPINS) : round);
        }
    }

    /** Between two looks of one who waits for work and not for somebody: no nap, since work may come at any time. */
    public void poll() {
        if (this == YIELD) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    /** Lets a thread go on that may sleep. */
    public void wake(Thread waiter) {
        if (parks()) {
            LockSupport.unpark(waiter);
        }
    }

    /** Of the first so many rounds, those in which it kept its core. */
    public int spinsOf(int rounds) {
        return switch (this) {
            case SPIN -> Math.min(rounds, Backoff.SPINS);
            case SPIN_PARK -> Math.min(rounds, LOOKS);
            case PARK, YIELD -> 0;
        };
    }

    /** Of the first so many rounds, those in which it offered its core to others. */
    public int yieldsOf(int rounds) {
        int before = this == SPIN ? Backoff.SPINS : 0;
        return parks() ? 0 : Math.min(Math.max(rounds - before, 0), Backoff.YIELDS);
    }

    /** Of the first so many rounds, those in which it slept or napped. */
    public int sleepsOf(int rounds) {
        return rounds - spinsOf(rounds) - yieldsOf(rounds);
    }
}
