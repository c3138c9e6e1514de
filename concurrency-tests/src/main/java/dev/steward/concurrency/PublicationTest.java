package dev.steward.concurrency;

import dev.steward.engine.smmu.AttachmentGuard;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Publication order: who finds the new attachment finds all that was written before it was committed. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "The old attachment: nothing is promised.")
@Outcome(id = "42", expect = Expect.ACCEPTABLE, desc = "The new attachment, and what was written before it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The new attachment without what was written before it.")
@State
public class PublicationTest {
    private static final int WRITTEN = 42;

    private final int streamId = Bench.newStream();
    private int payload;

    /** The event side. */
    @Actor
    public void translate(I_Result r) {
        AttachmentGuard.Reader reader = Bench.takeReader();
        long seen = reader.translate(streamId);
        r.r1 = seen == Bench.attachment(streamId, Bench.NEW_VIOMMU) ? payload : -1;
        Bench.giveBack(reader);
    }

    /** The attach side. */
    @Actor
    public void writeAndCommit() {
        payload = WRITTEN;
        Bench.guard().commit(streamId, Bench.attachment(streamId, Bench.NEW_VIOMMU));
    }
}
