package dev.steward.concurrency;

import dev.steward.engine.smmu.AttachmentGuard;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** No torn snapshot: a translation beside a commit gives the one attachment or the other. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The old attachment: the translation came first.")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "The new attachment: the commit came first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Words of both: the record was read while it was written.")
@State
public class SnapshotTest {
    private final int streamId = Bench.newStream();

    /** The event side. */
    @Actor
    public void translate(I_Result r) {
        AttachmentGuard.Reader reader = Bench.takeReader();
        long seen = reader.translate(streamId);
        Bench.giveBack(reader);
        r.r1 = seen == Bench.attachment(streamId, Bench.OLD_VIOMMU) ? 1
            : seen == Bench.attachment(streamId, Bench.NEW_VIOMMU) ? 2 : -1;
    }

    /** The attach side. */
    @Actor
    public void commit() {
        Bench.guard().commit(streamId, Bench.attachment(streamId, Bench.NEW_VIOMMU));
    }
}
