package dev.steward.loadgen.record;

/**
 * How a load thread kept up with its schedule.
 *
 * <p>Threading: one writer; read after it has ended.
 */
public final class LoadProgress {
    private final Window window;
    private long due;
    private long scheduled;
    private long done;
    private long generated;
    private long firstActiveNs = Long.MAX_VALUE;
    private long lastActiveNs = Long.MIN_VALUE;

    public LoadProgress(Window window) {
        this.window = window;
    }

    public void running(long nowNs) {
        firstActiveNs = Math.min(firstActiveNs, nowNs);
        lastActiveNs = nowNs;
    }

    /** The schedule has an arrival at this time. */
    public void due(long intendedNs) {
        if (window.measures(intendedNs)) {
            due++;
        }
    }

    /** One arrival was carried out. */
    public void carriedOut(long intendedNs, long startNs) {
        generated++;
        if (window.measures(intendedNs)) {
            scheduled++;
        }
        if (window.measures(startNs)) {
            done++;
        }
    }

    /** One arrival was due in the window but given up. */
    public void givenUp(long intendedNs) {
        if (window.measures(intendedNs)) {
            scheduled++;
        }
    }

    /** Arrivals that the schedule has in the measured window. */
    long due() {
        return due;
    }

    /** Arrivals that were neither started nor given up. */
    long missed() {
        return due - scheduled;
    }

    public long scheduled() {
        return scheduled;
    }

    public long done() {
        return done;
    }

    public long generated() {
        return generated;
    }

    public long firstActiveNs() {
        return firstActiveNs;
    }

    public long lastActiveNs() {
        return lastActiveNs;
    }
}
