package dev.steward.loadgen.rig;

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
    final IntervalRecorder slip;
    final OracleCount late = new OracleCount(Oracle.AFTER_ATTACH_RETURNED);

    long intendedNs;
    boolean measured;
    long commitBeginNs;
    long commitNs;
    long graceBeginNs;
    long graceNs = NO_GRACE_PERIOD;

    ChurnRecord(Recorders recorders) {
        attach = recorders.recorder(Tags.ATTACH);
        attachRaw = recorders.recorder(Tags.ATTACH_RAW);
        commit = recorders.recorder(Tags.ATTACH_COMMIT);
        grace = recorders.recorder(Tags.GRACE);
        slip = recorders.recorder(Tags.SLIP_CHURN);
    }

    void begin(long intendedNs, boolean measured) {
        this.intendedNs = intendedNs;
        this.measured = measured;
        commitNs = 0;
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
            slip.record(intendedNs, startNs - intendedNs);
            attach.record(intendedNs, endNs - intendedNs);
            attachRaw.record(intendedNs, endNs - startNs);
            commit.record(intendedNs, commitNs);
        }
    }
}
