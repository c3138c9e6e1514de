package dev.steward.loadgen.load;

import dev.steward.engine.smmu.AttachProbe;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.stream.StreamIndex;
import dev.steward.loadgen.oracle.AttachState;
import dev.steward.loadgen.outlier.SpanLog;
import dev.steward.loadgen.outlier.Spans;
import dev.steward.loadgen.record.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Times the commits and grace periods of the attach side and checks, after each commit, that no report to the old
 * vIOMMU is still under way.
 *
 * <p>Attach threads of one SMMU share the guard and so share this; each works on a state of its own, found by thread.
 *
 * <p>Threading: any attach thread that was entered with {@link #enter(ChurnRecord)}; others (the set-up) only move the
 * state of the streams.
 */
public final class ChurnProbe implements AttachProbe, GracePeriodListener {
    private final Clock clock;
    private final StreamIndex index;
    private final AttachState attachState;
    private final ThreadLocal<Entered> entered = new ThreadLocal<>();
    private final List<Entered> all = new CopyOnWriteArrayList<>();

    /** What one attach thread does to this SMMU: where an event of it may have had to wait. */
    private static final class Entered {
        /** An event does not become an outlier behind less than that. */
        private static final long WORTH_KEEPING_NS = 5_000;
        private static final int KEPT = 4_096;

        private final ChurnRecord record;
        private final SpanLog commits = new SpanLog(KEPT, WORTH_KEEPING_NS);
        private final SpanLog graces = new SpanLog(KEPT, WORTH_KEEPING_NS);
        private boolean committing;
        private long committedNs;

        Entered(ChurnRecord record) {
            this.record = record;
        }
    }

    public ChurnProbe(Clock clock, StreamIndex index, AttachState attachState) {
        this.clock = clock;
        this.index = index;
        this.attachState = attachState;
    }

    void enter(ChurnRecord record) {
        Entered thread = new Entered(record);
        all.add(thread);
        entered.set(thread);
    }

    @Override
    public void committing(int streamId, long attachment) {
        attachState.committing(index.indexOf(streamId));
        Entered thread = entered.get();
        if (thread != null) {
            // For each stream of the device, then the guard is told once: the last call is next to that.
            thread.committing = true;
            thread.record.commitBeginNs = clock.nowNs();
        }
    }

    @Override
    public void committed(int streamId, long attachment) {
        Entered thread = entered.get();
        int position = index.indexOf(streamId);
        if (thread != null) {
            ChurnRecord record = thread.record;
            if (thread.committing) {
                thread.committing = false;
                long endNs = clock.nowNs();
                thread.committedNs = endNs;
                record.committed(endNs);
                thread.commits.add(record.commitBeginNs, endNs);
                record.recordGracePeriod();
            }
            record.late.checked();
            if (attachState.reportsToAnother(position, attachment)) {
                record.late.violated(clock.nowNs());
            }
        }
        attachState.committed(position, attachment, thread == null ? AttachState.NEVER : thread.committedNs);
    }

    @Override
    public void onGracePeriodBegin() {
        Entered thread = entered.get();
        if (thread != null) {
            thread.record.graceBeginNs = clock.nowNs();
        }
    }

    @Override
    public void onGracePeriodEnd() {
        Entered thread = entered.get();
        if (thread != null) {
            long endNs = clock.nowNs();
            thread.record.graceEnded(endNs);
            thread.graces.add(thread.record.graceBeginNs, endNs);
        }
    }

    /** When attach threads were in a commit on this SMMU, short ones excluded. After they have ended. */
    public Spans commits() {
        return Spans.of(all.stream().flatMap(thread -> thread.commits.spans().stream()).toList());
    }

    /** When they waited for a grace period, short ones excluded. After they have ended. */
    public Spans graces() {
        return Spans.of(all.stream().flatMap(thread -> thread.graces.spans().stream()).toList());
    }
}
