package dev.steward.loadgen.record;

/**
 * When the load starts, when measuring starts and when it ends, in nanoseconds of the cell's clock.
 *
 * @param measureToNs   end of it, exclusive; no arrival is scheduled from then on.
 * @param leastLateNs   so long at least a load that fell behind may go on after the window before it gives up.
 */
public record Window(long startNs, long measureFromNs, long measureToNs, long leastLateNs) {
    /** So much of the window it may go on if that is longer. */
    private static final long LATE_SHARE = 4;

    /** A window without a least time for what is late. */
    public Window(long startNs, long measureFromNs, long measureToNs) {
        this(startNs, measureFromNs, measureToNs, 0);
    }

    public boolean measures(long intendedNs) {
        return intendedNs - measureFromNs >= 0 && intendedNs - measureToNs < 0;
    }

    public long lengthNs() {
        return measureToNs - measureFromNs;
    }

    public long giveUpNs() {
        return measureToNs + Math.max(leastLateNs, lengthNs() / LATE_SHARE);
    }
}
