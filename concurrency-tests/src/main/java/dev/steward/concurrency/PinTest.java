package dev.steward.concurrency;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VIommu;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Pin against destroy: of a pin that is tried and a destroy, exactly one succeeds. Needs no strategy. */
@JCStressTest
@Outcome(id = "1, -16", expect = Expect.ACCEPTABLE, desc = "Pinned first: the destroy answers -EBUSY.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Destroyed first: no pin is given.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both or neither: a pin on a dead object, or a destroy lost.")
@State
public class PinTest {
    private static final Context CONTEXT = new Iommufd().open();
    private static final BoundDevice DEVICE = CONTEXT.bind(new HostDevice(0, 0, 0), new AttachesNothing());
    private static final ParentDomain PARENT = CONTEXT.allocateParentDomain(
        DEVICE.id(), CONTEXT.allocateIoas().id(), ParentDomain.FLAG_NEST_PARENT);

    private final VIommu viommu =
        CONTEXT.allocateViommu(DEVICE.id(), PARENT.id(), VIommu.TYPE_ARM_SMMUV3, 0);

    /** One who uses the vIOMMU. */
    @Actor
    public void pin(II_Result r) {
        r.r1 = viommu.tryPin() ? 1 : 0;
    }

    /** The owner. */
    @Actor
    public void destroy(II_Result r) {
        r.r2 = CONTEXT.destroy(viommu.id());
    }

    /** No attach takes part. */
    private static final class AttachesNothing implements IommuDriver {
        @Override
        public int attachNested(BoundDevice device, NestedDomain domain) {
            return 0;
        }

        @Override
        public int attachBlocked(BoundDevice device) {
            return 0;
        }
    }
}
