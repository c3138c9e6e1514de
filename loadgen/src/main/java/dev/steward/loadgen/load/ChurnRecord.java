package dev.steward.loadgen.load;

import dev.steward.loadgen.outlier.AttachTrace;
import dev.steward.loadgen.outlier.Outliers;
import dev.steward.loadgen.outlier.Slowest;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.record.Recorders;
import dev.steward.results.Tags;

/**
 * What one attach thread records: its histograms, its oracle count, and the operation it is in.
 *
 * <p>Threading: one attach thread.
 */
final class ChurnRecord {
    private static final long NO_GRACE_PERIOD = -1;

    final IntervalRecorder attach;
    final IntervalRecorder attachRaw;
    final IntervalRecorder commit;
    final IntervalRecorder grace;
    final Slowest slowest = new Slowest(Outliers.AT_MOST, AttachTrace.WIDTH);
    final OracleCount late = new OracleCount(Oracle.AFTER_ATTACH_RETURNED);

    long intendedNs;
    boolean measured;
    long commitBeginNs;
    long commitNs;
    long graceBeginNs;
    long graceNs = NO_GRACE_PERIOD;
    private long previousEndNs = Long.MIN_VALUE;
    private long longestCommitBeginNs;
    private long longestCommitNs;
    private long longestGraceBeginNs;
    private long longestGraceNs;

    ChurnRecord(Recorders recorders) {
        attach = recorders.recorder(Tags.ATTACH);
        attachRaw = recorders.recorder(Tags.ATTACH_RAW);
        commit = recorders.recorder(Tags.ATTACH_COMMIT);
        grace = recorders.recorder(Tags.GRACE);
    }

    void begin(long intendedNs, boolean measured) {
        this.intendedNs = intendedNs;
        this.measured = measured;
        commitNs = 0;
        longestCommitNs = 0;
        longestGraceNs = 0;
    }

    /** A commit of the operation has ended. */
    void committed(long endNs) {
        long lengthNs = endNs - commitBeginNs;
        commitNs += lengthNs;
        if (lengthNs > longestCommitNs) {
            longestCommitBeginNs = commitBeginNs;
            longestCommitNs = lengthNs;
        }
    }

    /** A grace period of the operation has ended; a commit may have several. */
    void graceEnded(long endNs) {
        long lengthNs = endNs - graceBeginNs;
        graceNs = Math.max(graceNs, 0) + lengthNs;
        if (lengthNs > longestGraceNs) {
            longestGraceBeginNs = graceBeginNs;
            longestGraceNs = lengthNs;
        }
    }

    /** After the commit and not in it: a strategy with grace periods must not pay for being timed. */
    void recordGracePeriod() {
        if (measured && graceNs != NO_GRACE_PERIOD) {
            grace.record(intendedNs, graceNs);
        }
        graceNs = NO_GRACE_PERIOD;
    }

    void end(long startNs, long endNs) {
        if (measured) {
            attach.record(intendedNs, endNs - intendedNs);
            attachRaw.record(intendedNs, endNs - startNs);
            commit.record(intendedNs, commitNs);
            keepIfSlow(startNs, endNs);
        }
        previousEndNs = endNs;
    }

    private void keepIfSlow(long startNs, long endNs) {
        int row = slowest.offer(endNs - intendedNs);
        if (row != Slowest.REJECTED) {
            slowest.set(row, AttachTrace.INTENDED, intendedNs);
            slowest.set(row, AttachTrace.FREE, previousEndNs);
            slowest.set(row, AttachTrace.START, startNs);
            slowest.set(row, AttachTrace.COMMIT_BEGIN, longestCommitBeginNs);
            slowest.set(row, AttachTrace.COMMIT_END, longestCommitBeginNs + longestCommitNs);
            slowest.set(row, AttachTrace.GRACE_BEGIN, longestGraceBeginNs);
            slowest.set(row, AttachTrace.GRACE_END, longestGraceBeginNs + longestGraceNs);
            slowest.set(row, AttachTrace.END, endNs);
        }
    }
}
