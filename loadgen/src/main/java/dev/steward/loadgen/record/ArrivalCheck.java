package dev.steward.loadgen.record;

/**
 * Whether the arrivals of one load thread came as its schedule says, whatever the law of that: all of them, and not
 * behind it. The schedule is a draw of the law, so to compare with it leaves nothing to chance: a
 * generator that keeps it raises no alarm, however few arrivals there are.
 *
 * <p>Lateness is counted in quarters of an octave, so memory does not grow with the load.
 *
 * <p>Threading: one writer; read after it has ended. Does not allocate.
 */
final class ArrivalCheck {
    private static final int SUB_BITS = 2;
    private static final int BINS = (Long.SIZE - SUB_BITS) << SUB_BITS;

    private final Window window;
    private final long[] lateness = new long[BINS];
    private long due;
    private long accounted;

    ArrivalCheck(Window window) {
        this.window = window;
    }

    /** The schedule has an arrival at this time. */
    void due(long intendedNs) {
        if (window.measures(intendedNs)) {
            due++;
        }
    }

    /** It was given up, which the rates tell of. */
    void givenUp(long intendedNs) {
        if (window.measures(intendedNs)) {
            accounted++;
        }
    }

    void started(long intendedNs, long startNs) {
        if (!window.measures(intendedNs)) {
            return;
        }
        accounted++;
        lateness[bin(startNs - intendedNs)]++;
    }

    private static int bin(long ns) {
        if (ns < 1 << SUB_BITS) {
            return (int) Math.max(0, ns);
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(ns);
        return (octave - SUB_BITS + 1 << SUB_BITS) + (int) (ns >>> octave - SUB_BITS & (1 << SUB_BITS) - 1);
    }

    /** Arrivals that the schedule has in the measured window. */
    long due() {
        return due;
    }

    /** Arrivals that were neither started nor given up. */
    long missed() {
        return due - accounted;
    }

    /** Arrivals that started later than the mean gap of the schedule: the generator was behind. */
    long behind() {
        long late = 0;
        for (int bin = due == 0 ? BINS : bin(window.lengthNs() / due) + 1; bin < BINS; bin++) {
            late += lateness[bin];
        }
        return late;
    }
}
