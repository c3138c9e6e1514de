package dev.steward.loadgen.outlier;

import java.util.ArrayList;
import java.util.List;

/**
 * The row of an attach operation in {@link Slowest}: its time stamps, and how they become a timeline. Of several
 * commits or grace periods in one operation the longest counts as such, the others are in the rest of the operation.
 */
public final class AttachTrace {
    /** When it was due. */
    public static final int INTENDED = 0;
    /** When its thread was done with the operation before. */
    public static final int FREE = 1;
    /** When it really started. */
    public static final int START = 2;
    /** Begin of its longest commit. */
    public static final int COMMIT_BEGIN = 3;
    /** End of its longest commit; equal to the begin if there was none. */
    public static final int COMMIT_END = 4;
    /** Begin of its longest grace period. */
    public static final int GRACE_BEGIN = 5;
    /** End of its longest grace period; equal to the begin if there was none. */
    public static final int GRACE_END = 6;
    /** When it returned. */
    public static final int END = 7;
    /** Figures of a row. */
    public static final int WIDTH = 8;

    private AttachTrace() {
    }

    /**
     * What the stages usually take: medians over the cell, nanoseconds.
     *
     * @param grace  one grace period; 0 without.
     */
    public record Usual(long lateness, long commit, long grace, long raw) {
    }

    static Timeline timeline(long latencyNs, long[] row, Usual usual, Surroundings beside) {
        Timeline stages = new Timeline(latencyNs, beside);
        EventTrace.waiting(stages, row[INTENDED], row[FREE], row[START], usual.lateness(), Cause.GENERATOR);
        Spans grace = Spans.of(row[GRACE_BEGIN], row[GRACE_END]);
        Spans commit = Spans.of(row[COMMIT_BEGIN], row[COMMIT_END]);
        Spans strategys = Spans.of(new ArrayList<>(List.of(
            new long[] {row[GRACE_BEGIN], row[GRACE_END]}, new long[] {row[COMMIT_BEGIN], row[COMMIT_END]})));
        return stages
            .stage(commit.minus(grace), usual.commit() - usual.grace(), Cause.COMMIT)
            .stage(grace, usual.grace(), Cause.GRACE)
            .stage(Spans.of(row[START], row[END]).minus(strategys), usual.raw() - usual.commit(), Cause.OBJECTS);
    }
}
