package dev.steward.loadgen.record;

/**
 * When the load starts, when measuring starts and when it ends, in nanoseconds of the cell's clock.
 *
 * @param measureToNs   end of it, exclusive; no arrival is scheduled from then on.
 */
public record Window(long startNs, long measureFromNs, long measureToNs) {
    /** How long a load that fell behind may go on after the window before it gives up. */
    private static final long LATE_SHARE = 4;
    /** In a short window, where a part of it would be no more than a hiccup. */
    private static final long SHORTEST_LATE_NS = 250_000_000;

    public boolean measures(long intendedNs) {
        return intendedNs - measureFromNs >= 0 && intendedNs - measureToNs < 0;
    }

    public long lengthNs() {
        return measureToNs - measureFromNs;
    }

    public long giveUpNs() {
        return measureToNs + Math.max(SHORTEST_LATE_NS, lengthNs() / LATE_SHARE);
    }
}
