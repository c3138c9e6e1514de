package dev.steward.concurrency;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.ReportSink;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * No use after commit returned (after synchronize, for an attach that is deferred): a thread that drops the old vIOMMU
 * then meets no report that is still in it.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Reported to the old vIOMMU, which was there from begin to end.")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Reported to the new vIOMMU: the commit came first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "In a report for the old vIOMMU after it was dropped: use after free.")
@State
public class QuiescenceTest implements ReportSink {
    private static final int AFTER_FREE = -1;
    /** One report in 16 lasts longer than a wake-up of a thread, so that a drop can meet it on a busy machine. */
    private static final int LONG_SPINS = 2_000;

    private final int streamId = Bench.newStream();
    private volatile boolean dropped;

    /** The event side. */
    @Actor
    public void report(I_Result r) {
        AttachmentGuard.Reader reader = Bench.takeReader();
        r.r1 = reader.report(streamId, this);
        Bench.giveBack(reader);
    }

    @Override
    public int report(int viommuId, int virtualStreamId) {
        boolean droppedBefore = dropped;
        int spins = virtualStreamId >>> 28;
        for (int i = spins == 0 ? LONG_SPINS : spins; i > 0; i--) {
            Thread.onSpinWait();
        }
        return viommuId == Bench.OLD_VIOMMU && (droppedBefore || dropped) ? AFTER_FREE : viommuId;
    }

    /** The attach side, which drops the pin on the old vIOMMU. */
    @Actor
    public void replaceAndDrop() {
        Bench.replace(streamId);
        dropped = true;
    }
}
