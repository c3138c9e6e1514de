package dev.steward.design;

import dev.steward.engine.event.EventId;
import dev.steward.engine.event.EventRecord;
import dev.steward.engine.event.EventRecordLayout;
import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.Iommufd;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.KernelVersion;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.iommufd.WaitLimit;
import dev.steward.engine.iommufd.Waker;
import dev.steward.engine.smmu.AttachProbe;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.EventHandler;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.engine.smmu.EventProbe;
import dev.steward.engine.smmu.FaultFence;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.Smmu;
import dev.steward.engine.smmu.SmmuConfig;
import dev.steward.engine.stream.StreamTable;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An SMMU with a design, two guests A and B on it, one device, and a handler on the thread of the test. */
final class Bench implements AutoCloseable {
    static final int SMMU = 0;
    static final int STREAM = 0x40;
    static final long ID_ON_A = 8;
    static final long ID_ON_B = 9;

    private static final long GUEST_WORD_0 = 0x5000_0008_1234_000bL;
    private static final long GUEST_WORD_1 = 0xd6L;
    private static final int DEPTH = 64;

    final Iommufd iommufd;
    final Context context;
    final Smmu smmu;
    final IommuDriver driver;
    final HostDevice host = new HostDevice(1, SMMU, STREAM);
    final BoundDevice device;
    final VIommu a;
    final VIommu b;
    final EventHandler handler;
    /** Run with each CFGI_STE, the entry being as the hardware sees it then. */
    Runnable onSync = () -> { };
    /** Run inside the section, before the report. */
    Runnable onReport = () -> { };

    private VDevice vdevice;
    private String delivered = "";

    Bench(Function<GuardContext, AttachmentGuard> design) {
        this(design, KernelVersion.NEWEST);
    }

    Bench(Function<GuardContext, AttachmentGuard> design, KernelVersion kernel) {
        this(design, kernel, new ReentrantLock(), driver -> driver, EventProbe.NONE);
    }

    Bench(
        Function<GuardContext, AttachmentGuard> design,
        KernelVersion kernel,
        Lock attachSerialLock,
        UnaryOperator<IommuDriver> before,
        EventProbe further) {
        iommufd = new Iommufd(kernel);
        context = iommufd.open();
        smmu = new Smmu(new SmmuConfig(SMMU, StreamTable.linear(8), 4, 1, iommufd, design, GracePeriodListener.NONE,
            AttachProbe.NONE, streamId -> onSync.run(), attachSerialLock, FaultFence.NONE));
        driver = before.apply(smmu.driver());
        smmu.probe(host);
        device = context.bind(host, driver);
        a = viommu();
        b = viommu();
        handler = smmu.openHandler(new Noting(further));
    }

    /** With a stage 2 of its own, as another guest has. */
    private VIommu viommu() {
        int parentId = context.allocateParentDomain(
            device.id(), context.allocateIoas().id(), ParentDomain.FLAG_NEST_PARENT).id();
        VIommu viommu = context.allocateViommu(device.id(), parentId, VIommu.TYPE_ARM_SMMUV3, 0);
        context.allocateVeventq(viommu.id(), VEventLayout.TYPE_ARM_SMMUV3, DEPTH, 0, Waker.NONE).close();
        return viommu;
    }

    /** A device has one vDEVICE at most, so the one before goes. */
    void moveVdevice(VIommu to, long id) {
        dropVdevice();
        vdevice = context.allocateVdevice(to.id(), device.id(), id);
    }

    void dropVdevice() {
        if (vdevice != null) {
            check(context.destroy(vdevice.id()));
            vdevice = null;
        }
    }

    /** A nested domain whose stalled faults are queued. */
    NestedDomain faultable(VIommu viommu, FaultQueue queue) {
        return context.allocateFaultableDomain(device.id(), viommu.id(), queue.id(), GUEST_WORD_0, GUEST_WORD_1);
    }

    NestedDomain domain(VIommu viommu) {
        return context.allocateNestedDomain(device.id(), viommu.id(), 0, GUEST_WORD_0, GUEST_WORD_1);
    }

    /** Differs in a way that no single store can bridge. */
    NestedDomain otherDomain(VIommu viommu) {
        return context.allocateNestedDomain(
            device.id(), viommu.id(), 0, GUEST_WORD_0 + 0x40, GUEST_WORD_1 & ~2L);
    }

    void attachTo(VIommu viommu, long id) {
        moveVdevice(viommu, id);
        check(device.attach(domain(viommu)));
    }

    void release() {
        dropVdevice();
        check(device.unbind(WaitLimit.NEVER));
        smmu.release(host);
    }

    static void check(int result) {
        if (result != 0) {
            throw new AssertionError("answered " + result);
        }
    }

    /** Handles a translation fault of the device: {@code A:8}, or why it went to nobody. */
    String fault() {
        return fault(STREAM);
    }

    /** The same for a stream of another device. */
    String fault(int streamId) {
        return handle(EventId.F_TRANSLATION, streamId);
    }

    /** Handles a stalled translation fault of the device: its outcome. */
    String stall() {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.word0(EventId.F_TRANSLATION.code(), STREAM);
        event.word1 = EventRecordLayout.word1(
            1, true, false, false, true, false, EventRecordLayout.CLASS_INPUT_ADDRESS, false);
        EventOutcome outcome = handler.handle(event);
        handler.quiesce();
        return outcome.name();
    }

    String badEntry() {
        return handle(EventId.C_BAD_STE, STREAM);
    }

    boolean entryValid() {
        return (smmu.table().readWordAcquire(STREAM, 0) & 1) != 0;
    }

    private String handle(EventId id, int streamId) {
        EventRecord event = new EventRecord();
        event.word0 = EventRecordLayout.word0(id.code(), streamId);
        delivered = "";
        EventOutcome outcome = handler.handle(event);
        handler.quiesce();
        return outcome == EventOutcome.QUEUED ? delivered : outcome.name();
    }

    @Override
    public void close() {
        handler.close();
        smmu.close();
    }

    private final class Noting implements EventProbe {
        private final EventProbe further;

        Noting(EventProbe further) {
            this.further = further;
        }

        @Override
        public void inside(EventRecord event, int viommuId, int virtualStreamId) {
            delivered = (viommuId == a.id() ? "A:" : viommuId == b.id() ? "B:" : "?:") + virtualStreamId;
            onReport.run();
            further.inside(event, viommuId, virtualStreamId);
        }

        @Override
        public void insideStall(EventRecord event) {
            further.insideStall(event);
        }

        @Override
        public void reported(EventRecord event) {
            further.reported(event);
        }
    }
}
