package dev.steward.loadgen.replay;

import dev.steward.loadgen.log.LogAction;

/**
 * How much of a trace is due in a window, and at which rates.
 *
 * @param lengthNs        length of the whole trace at the speed it is played, in nanoseconds.
 * @param eventsBefore    events due before the window; not counted of a loop that goes round often.
 * @param windowEvents    events due in the window; of a loop that goes round often, an estimate from its rate.
 * @param windowAttaches  attach operations due in it, likewise.
 * @param windowNs        length of the window, in nanoseconds.
 */
public record ReplayLoad(
    long events, long attaches, long lengthNs, long eventsBefore, long windowEvents, long windowAttaches,
    long windowNs) {
    private static final long NS = 1_000_000_000L;

    /** Counts in a window that begins and ends so many nanoseconds after the start of the load. */
    public static ReplayLoad of(ReplayTrace trace, double speed, boolean loop, long fromNs, long toNs) {
        double periods = loop ? (toNs - fromNs) * speed / trace.periodNs() : 0;
        long eventsBefore = 0;
        long windowEvents = 0;
        long windowAttaches = 0;
        if (periods > 2) {
            windowEvents = Math.round(trace.events() * periods);
            windowAttaches = Math.round(trace.attaches() * periods);
        } else {
            ReplayPosition position = new ReplayPosition(trace, speed, loop, any -> true);
            long record = position.next();
            for (; position.dueNs(record) < toNs; record = position.next()) {
                boolean event = trace.action(record) == LogAction.EVENT;
                if (position.dueNs(record) < fromNs) {
                    eventsBefore += event ? 1 : 0;
                } else {
                    windowEvents += event ? 1 : 0;
                    windowAttaches += event ? 0 : 1;
                }
            }
        }
        return new ReplayLoad(
            trace.events(), trace.attaches(), (long) (trace.lengthNs() / speed), eventsBefore, windowEvents,
            windowAttaches, toNs - fromNs);
    }

    /** Events per second that a window offers. */
    public double eventsPerSecond() {
        return (double) windowEvents * NS / windowNs;
    }

    /** Attach operations per second that a window offers. */
    public double attachesPerSecond() {
        return (double) windowAttaches * NS / windowNs;
    }
}
