package dev.steward.loadgen.rig;

import dev.steward.engine.smmu.AttachProbe;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.stream.StreamIndex;

/**
 * Times the commits and grace periods of the attach side and checks, after each commit, that no report to the old
 * vIOMMU is still under way.
 *
 * <p>Attach threads of one SMMU share the guard and so share this; each works on a state of its own, found by thread.
 *
 * <p>Threading: any attach thread that was entered with {@link #enter(ChurnRecord)}; others (the set-up) only move the
 * state of the streams.
 */
final class ChurnProbe implements AttachProbe, GracePeriodListener {
    private final Clock clock;
    private final StreamIndex index;
    private final AttachState attachState;
    private final ThreadLocal<ChurnRecord> records = new ThreadLocal<>();

    ChurnProbe(Clock clock, StreamIndex index, AttachState attachState) {
        this.clock = clock;
        this.index = index;
        this.attachState = attachState;
    }

    void enter(ChurnRecord record) {
        records.set(record);
    }

    @Override
    public void committing(int streamId, long attachment) {
        attachState.committing(index.indexOf(streamId));
        ChurnRecord record = records.get();
        if (record != null) {
            record.commitBeginNs = clock.nowNs();
        }
    }

    @Override
    public void committed(int streamId, long attachment) {
        ChurnRecord record = records.get();
        int position = index.indexOf(streamId);
        if (record != null) {
            record.commitNs += clock.nowNs() - record.commitBeginNs;
            record.recordGracePeriod();
            record.late.checked();
            if (attachState.reportsToAnother(position, attachment)) {
                record.late.violated(clock.nowNs());
            }
        }
        attachState.committed(position, attachment);
    }

    @Override
    public void onGracePeriodBegin() {
        ChurnRecord record = records.get();
        if (record != null) {
            record.graceBeginNs = clock.nowNs();
        }
    }

    @Override
    public void onGracePeriodEnd() {
        ChurnRecord record = records.get();
        if (record != null) {
            record.graceNs = clock.nowNs() - record.graceBeginNs;
        }
    }
}
