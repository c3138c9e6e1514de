package dev.steward.jmh;

import dev.steward.catalog.Strategies;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.iommufd.Waker;
import dev.steward.engine.smmu.AttachProbe;
import dev.steward.engine.smmu.FaultFence;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.Smmu;
import dev.steward.engine.smmu.SmmuConfig;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.StreamTableEntryLayout;
import java.util.concurrent.locks.ReentrantLock;

/** One SMMU with its handlers, one guest with its devices attached, one vEVENTQ: the whole way of an event. */
final class Guest implements AutoCloseable {
    static final int DEVICES = 64;
    static final int VEVENTQ_DEPTH = 8192;
    static final int EVENTQ_LOG2_SIZE = 12;

    final Smmu smmu;
    final VEventQueue veventq;
    private final Context context;

    Guest(String strategy, int handlers) {
        Iommufd iommufd = new Iommufd();
        smmu = new Smmu(new SmmuConfig(
            0,
            StreamTable.linear(Integer.numberOfTrailingZeros(DEVICES)),
            EVENTQ_LOG2_SIZE,
            0,
            iommufd,
            Strategies.byName(strategy).orElseThrow()::create,
            GracePeriodListener.NONE,
            new AttachProbe() { },
            streamId -> { },
            new ReentrantLock(),
            FaultFence.NONE), handlers);
        context = iommufd.open();
        BoundDevice[] devices = new BoundDevice[DEVICES];
        for (int streamId = 0; streamId < DEVICES; streamId++) {
            HostDevice host = new HostDevice(streamId, 0, streamId);
            smmu.probe(host);
            devices[streamId] = context.bind(host, smmu.driver());
        }
        int first = devices[0].id();
        ParentDomain parent =
            context.allocateParentDomain(first, context.allocateIoas().id(), ParentDomain.FLAG_NEST_PARENT);
        VIommu viommu = context.allocateViommu(first, parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
        veventq = context.allocateVeventq(viommu.id(), VEventLayout.TYPE_ARM_SMMUV3, VEVENTQ_DEPTH, 0, Waker.NONE);
        long guestSte = StreamTableEntryLayout.STE_0_V_MASK | (long) StreamTableEntryLayout.STE_0_CONFIG_S1 << 1;
        for (int streamId = 0; streamId < DEVICES; streamId++) {
            context.allocateVdevice(viommu.id(), devices[streamId].id(), streamId + 1L);
            NestedDomain domain = context.allocateNestedDomain(devices[streamId].id(), viommu.id(), 0, guestSte, 0L);
            if (devices[streamId].attach(domain) != 0) {
                throw new IllegalStateException("attach of stream " + streamId + " failed");
            }
        }
    }

    @Override
    public void close() {
        context.close();
        smmu.close();
    }
}
