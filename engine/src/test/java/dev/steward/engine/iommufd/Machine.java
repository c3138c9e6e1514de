package dev.steward.engine.iommufd;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** One VM on one SMMU, and the short names that the tests share. */
final class Machine {
    static final int SMMU = 3;

    final Iommufd iommufd;
    final Context context;
    final RecordingDriver driver = new RecordingDriver();
    final Ioas ioas;
    final BoundDevice device;
    final ParentDomain parent;
    final VIommu viommu;

    Machine() {
        this(KernelVersion.NEWEST);
    }

    Machine(KernelVersion kernel) {
        this(kernel, ReportCosts.NONE);
    }

    Machine(KernelVersion kernel, ReportCosts costs) {
        iommufd = new Iommufd(kernel, costs);
        context = iommufd.open();
        ioas = context.allocateIoas();
        device = bind(7, 0x40);
        parent = context.allocateParentDomain(device.id(), ioas.id(), ParentDomain.FLAG_NEST_PARENT);
        viommu = viommu();
    }

    BoundDevice bind(int groupId, int... streamIds) {
        return context.bind(new HostDevice(groupId, SMMU, streamIds), driver);
    }

    BoundDevice bindOnOtherSmmu(int groupId, int... streamIds) {
        return context.bind(new HostDevice(groupId, SMMU + 1, streamIds), driver);
    }

    VIommu viommu() {
        return context.allocateViommu(device.id(), parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
    }

    NestedDomain nested() {
        return nested(viommu);
    }

    NestedDomain nested(VIommu on) {
        return context.allocateNestedDomain(device.id(), on.id(), 0, 0x11L, 0x22L);
    }

    VEventQueue veventq(int depth) {
        return veventq(depth, 0, Waker.NONE);
    }

    VEventQueue veventq(int depth, int firstSequence, Waker waker) {
        return context.allocateVeventq(viommu.id(), VEventLayout.TYPE_ARM_SMMUV3, depth, 0, firstSequence, waker);
    }

    static void assertRefused(int errno, ThrowingCallable operation) {
        assertThatExceptionOfType(IommufdException.class).isThrownBy(operation)
            .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.errno())
                .as(e.getMessage()).isEqualTo(errno));
    }
}
