package dev.steward.loadgen.record;

/**
 * When the load starts, when measuring starts and when it ends, in nanoseconds of the cell's clock.
 *
 * @param measureToNs   end of it, exclusive; no arrival is scheduled from then on.
 */
public record Window(long startNs, long measureFromNs, long measureToNs) {
    /** How long a load that fell behind may go on after the window before it gives up. */
    private static final long LATE_SHARE = 4;

    public boolean measures(long intendedNs) {
        return intendedNs - measureFromNs >= 0 && intendedNs - measureToNs < 0;
    }

    public long lengthNs() {
        return measureToNs - measureFromNs;
    }

    public long giveUpNs() {
        return measureToNs + lengthNs() / LATE_SHARE;
    }
}
