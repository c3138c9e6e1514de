package dev.steward.loadgen.rig;

/**
 * How a load thread kept up with its schedule.
 *
 * <p>Threading: one writer; read after it has ended.
 */
final class LoadProgress {
    private final Window window;
    private long scheduled;
    private long done;
    private long generated;
    private long firstActiveNs = Long.MAX_VALUE;
    private long lastActiveNs = Long.MIN_VALUE;

    LoadProgress(Window window) {
        this.window = window;
    }

    void running(long nowNs) {
        firstActiveNs = Math.min(firstActiveNs, nowNs);
        lastActiveNs = nowNs;
    }

    /** One arrival was carried out. */
    void carriedOut(long intendedNs, long startNs) {
        generated++;
        if (window.measures(intendedNs)) {
            scheduled++;
        }
        if (window.measures(startNs)) {
            done++;
        }
    }

    /** One arrival was due in the window but given up. */
    void givenUp(long intendedNs) {
        if (window.measures(intendedNs)) {
            scheduled++;
        }
    }

    long scheduled() {
        return scheduled;
    }

    long done() {
        return done;
    }

    long generated() {
        return generated;
    }

    long firstActiveNs() {
        return firstActiveNs;
    }

    long lastActiveNs() {
        return lastActiveNs;
    }
}
