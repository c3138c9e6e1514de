package dev.steward.loadgen.workload;

import java.util.Collections;
import java.util.List;

/**
 * A seeded random source whose numbers are fixed by this file and not by a library: SplitMix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014).
 *
 * <p>Threading: one thread. Does not allocate.
 */
public final class Randomness {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    /** Starts a sequence. */
    public Randomness(long seed) {
        state = seed;
    }

    /**
     * Derives the seed of a part from the seed of the whole, so that parts do not share a sequence.
     *
     * @param role which part, as stable text: renaming it changes the arrivals.
     */
    public static long derive(long seed, String role) {
        long derived = mix(seed + GOLDEN_GAMMA);
        for (int i = 0; i < role.length(); i++) {
            derived = mix(derived * 31 + role.charAt(i));
        }
        return derived;
    }

    /** Next 64 bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Next number of the unit interval, 0 inclusive to 1 exclusive, 53 bits. */
    public double nextUnit() {
        return (nextLong() >>> 11) * UNIT;
    }

    /**
     * Next number below a bound, without the bias of a plain remainder beyond 2^-32.
     *
     * @param bound 1 or more.
     * @return 0 to bound - 1.
     */
    public int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /**
     * Puts a list into random order (Fisher and Yates).
     *
     * @param list changed in place.
     * @param <T>  of its elements.
     */
    public <T> void shuffle(List<T> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, nextInt(i + 1));
        }
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
