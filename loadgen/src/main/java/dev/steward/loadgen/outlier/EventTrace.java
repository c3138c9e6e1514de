package dev.steward.loadgen.outlier;

import dev.steward.loadgen.outlier.Timeline.Suspect;

/** The row of a sampled event in {@link Slowest}: its time stamps, and how they become a timeline. */
public final class EventTrace {
    /** When it was due. */
    public static final int INTENDED = 0;
    /** When the load really started it. */
    public static final int START = 1;
    /** When the handler was done with the event before. */
    public static final int FREE = 2;
    /** When the handler took it. */
    public static final int TAKEN = 3;
    /** When the strategy was asked. */
    public static final int ASKED = 4;
    /** When it was inside the section. */
    public static final int INSIDE = 5;
    /** When the section was over but for the enqueue. */
    public static final int SECTION_END = 6;
    /** When it stood in the vEVENTQ. */
    public static final int REPORTED = 7;
    /** Figures of a row. */
    public static final int WIDTH = 8;

    private EventTrace() {
    }

    /**
     * What the stages usually take: medians over the cell, nanoseconds.
     *
     * @param ring    start until taken; 0 on path inline.
     */
    public record Usual(long lateness, long ring, long lock, long section, long enqueue) {
    }

    /** Lays out one event, which went through an event queue or else was handled by the load's thread. */
    static Timeline timeline(long latencyNs, long[] row, boolean ring, Usual usual, Surroundings beside) {
        Timeline stages = new Timeline(latencyNs, beside);
        if (ring) {
            stages.stage(Spans.of(row[INTENDED], row[START]), usual.lateness(), Cause.GENERATOR);
            // A handler that was still busy need not be woken.
            boolean awake = row[FREE] > row[START];
            waiting(stages, row[START], row[FREE], row[TAKEN], usual.ring(), awake ? Cause.UNEXPLAINED : Cause.WAKE_UP);
        } else {
            waiting(stages, row[INTENDED], row[FREE], row[START], usual.lateness(), Cause.GENERATOR);
            stages.stage(Spans.of(row[START], row[TAKEN]), 0, Cause.UNEXPLAINED);
        }
        return stages
            .stage(Spans.of(row[TAKEN], row[ASKED]), 0, Cause.UNEXPLAINED)
            .stage(Spans.of(row[ASKED], row[INSIDE]), usual.lock(), Cause.GUARD,
                new Suspect(Cause.GRACE, beside.graces()), new Suspect(Cause.LOCK, beside.commits()))
            .stage(Spans.of(row[INSIDE], row[SECTION_END]), usual.section(), Cause.UNEXPLAINED)
            .stage(Spans.of(row[SECTION_END], row[REPORTED]), usual.enqueue(), Cause.ENQUEUE);
    }

    /** Until the thread was free: behind others. From then on: another cause, less what that usually takes. */
    static void waiting(Timeline stages, long fromNs, long freeNs, long toNs, long usualNs, Cause otherwise) {
        long free = Math.min(Math.max(fromNs, freeNs), toNs);
        stages.stage(Spans.of(fromNs, free), 0, Cause.QUEUEING);
        stages.stage(Spans.of(free, toNs), usualNs, otherwise);
    }
}
