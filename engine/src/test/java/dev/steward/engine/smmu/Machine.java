package dev.steward.engine.smmu;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Ioas;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.ReportCosts;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.iommufd.Waker;
import dev.steward.engine.stream.StreamTable;
import dev.steward.engine.stream.SyncOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** One SMMU with one VM on it, and a log of what the attach path shows to the hardware and to the guard. */
final class Machine implements AutoCloseable {
    static final int SMMU = 3;
    static final int STREAM = 0x40;
    static final int VIRTUAL_STREAM = 8;
    /** Guest words of docs/domain.md, 11.2: stage 1, S1CDMax 10, S1DSS = SSID0, CIR/COR 1/1, CSH 3. */
    static final long GUEST_WORD_0 = 0x5000_0008_1234_000bL;
    static final long GUEST_WORD_1 = 0xd6L;

    final Iommufd iommufd;
    final Context context;
    final List<String> log = new ArrayList<>();
    final MonitorGuard guard = new MonitorGuard();
    final ReentrantLock attachLock = new ReentrantLock();
    final StreamTable table;
    final Smmu smmu;
    SyncOperation onSync = SyncOperation.NONE;

    private final Ioas ioas;

    Machine() {
        this(StreamTable.linear(8));
    }

    Machine(StreamTable table) {
        this(table, FaultFence.NONE);
    }

    Machine(StreamTable table, FaultFence fence) {
        this(table, fence, KernelVersion.NEWEST);
    }

    Machine(StreamTable table, FaultFence fence, KernelVersion kernel) {
        this(table, fence, kernel, ReportCosts.NONE);
    }

    Machine(StreamTable table, FaultFence fence, KernelVersion kernel, ReportCosts costs) {
        iommufd = new Iommufd(kernel, costs);
        context = iommufd.open();
        ioas = context.allocateIoas();
        this.table = table;
        smmu = new Smmu(new SmmuConfig(SMMU, table, 3, 1, iommufd, context -> guard.over(context.index()),
            GracePeriodListener.NONE, new LoggingProbe(), this::sync, attachLock, fence));
    }

    private void sync(int streamId) {
        log.add("sync " + state(streamId));
        onSync.sync(streamId);
    }

    /** Entry as the hardware sees it, and what the guard says: {@code 40 ste f guard 5:8}. */
    private String state(int streamId) {
        long attachment = guard.attachmentOf(streamId);
        return Integer.toHexString(streamId) + " ste " + Long.toHexString(table.readWordAcquire(streamId, 0) & 0xf)
            + " guard " + name(attachment);
    }

    static String name(long attachment) {
        return Attachment.isAttached(attachment)
            ? Attachment.viommuId(attachment) + ":" + Integer.toHexString(Attachment.virtualStreamId(attachment))
            : attachment == Attachment.NOT_ATTACHED ? "none" : "unknown";
    }

    BoundDevice probed(int groupId, int... streamIds) {
        HostDevice device = new HostDevice(groupId, SMMU, streamIds);
        int result = smmu.probe(device);
        if (result != 0) {
            throw new AssertionError("probe answered " + result);
        }
        return context.bind(device, smmu.driver());
    }

    VIommu viommu(BoundDevice device) {
        ParentDomain parent =
            context.allocateParentDomain(device.id(), ioas.id(), ParentDomain.FLAG_NEST_PARENT);
        return context.allocateViommu(device.id(), parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
    }

    NestedDomain nested(BoundDevice device, VIommu viommu) {
        return nested(device, viommu, GUEST_WORD_0, GUEST_WORD_1);
    }

    NestedDomain nested(BoundDevice device, VIommu viommu, long word0, long word1) {
        return context.allocateNestedDomain(device.id(), viommu.id(), 0, word0, word1);
    }

    VEventQueue veventq(VIommu viommu, int depth) {
        return context.allocateVeventq(viommu.id(), VEventLayout.TYPE_ARM_SMMUV3, depth, 0, Waker.NONE);
    }

    long[] entry(int streamId) {
        long[] words = new long[8];
        table.readEntry(streamId, words);
        return words;
    }

    @Override
    public void close() {
        smmu.close();
    }

    private final class LoggingProbe implements AttachProbe {
        @Override
        public void committing(int streamId, long attachment) {
            log.add("committing " + name(attachment) + " at " + state(streamId));
        }

        @Override
        public void committed(int streamId, long attachment) {
            log.add("committed " + name(attachment) + " at " + state(streamId));
        }
    }
}
