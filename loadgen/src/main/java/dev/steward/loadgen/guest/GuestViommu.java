package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.smmu.Smmu;
import dev.steward.loadgen.oracle.NestedEntries;
import dev.steward.loadgen.oracle.SteTag;
import dev.steward.loadgen.record.CellReport;
import dev.steward.loadgen.record.Count;
import dev.steward.loadgen.record.Oracle;
import dev.steward.loadgen.record.OracleCount;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One vIOMMU of a guest, by its number on the SMMU, with its parent domain and its vEVENTQ: made, destroyed and made
 * again, all in the context of the guest.
 *
 * <p>Threading: one attach thread at a time, beside one that invalidates; the figures are read after it has ended.
 */
public final class GuestViommu {
    /** Far longer than any call, 1 s. */
    private static final long CALL_LIMIT_NS = 1_000_000_000;

    private final CellShared shared;
    private final AtomicIntegerArray viommuIds;
    private final NestedEntries entries;
    private final int number;
    private final boolean stuck;
    private final List<VIommu> destroyed = new ArrayList<>();
    private final OracleCount pins = new OracleCount(Oracle.PINNED_DESTROY);
    private Vmm vmm;
    private VIommu viommu;
    private VmmQueue vmmQueue;
    private long discarded;

    /**
     * Makes one that is not open yet.
     *
     * @param viommuIds told of the current object id of each vIOMMU by number, 0 for none; for the oracles.
     * @param entries   told of the entries that name it, before it is there.
     * @param stuck     true if its VMM has stopped reading.
     */
    public GuestViommu(
        CellShared shared, AtomicIntegerArray viommuIds, NestedEntries entries, int number, boolean stuck) {
        this.shared = shared;
        this.viommuIds = viommuIds;
        this.entries = entries;
        this.number = number;
        this.stuck = stuck;
    }

    /** Makes the vIOMMU with its parent domain and its vEVENTQ, for a guest that has the device bound. */
    public void open(int guest, int deviceId) {
        vmm = shared.vmm(guest);
        ParentDomain parent = vmm.context().allocateParentDomain(
            deviceId, vmm.ioasId(), ParentDomain.FLAG_NEST_PARENT);
        entries.set(number, Smmu.nestedEntry(parent, SteTag.guestEntry(number, 0, 0)));
        int depth = shared.scenario().count(ScenarioKey.VEVENTQ_DEPTH);
        viommu = vmm.context().allocateViommu(deviceId, parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
        viommuIds.set(number, viommu.id());
        VEventQueue queue = vmm.context().allocateVeventq(
            viommu.id(), VEventLayout.TYPE_ARM_SMMUV3, shared.seams().veventqDepth(depth), 0, shared.queues());
        vmmQueue = shared.queues().add(queue, depth, stuck);
    }

    /** Destroys both. No device is attached through the vIOMMU any more. */
    public void close() {
        VEventQueue queue = vmmQueue.queue();
        checkPins();
        shared.queues().remove(vmmQueue);
        queue.close();
        Errors.check(vmm.context().destroy(queue.id()), "destroy of a vEVENTQ");
        Errors.check(destroyViommu(), "destroy of a vIOMMU");
        vmm.destroy(viommu.parent().id());
        viommuIds.set(number, 0);
        discarded += queue.discarded();
        destroyed.add(viommu);
        viommu = null;
        vmmQueue = null;
    }

    /** An invalidation of the guest pins its vIOMMU for as long as the call lasts; the VMM tries again. */
    private int destroyViommu() {
        long limitNs = shared.clock().nowNs() + CALL_LIMIT_NS;
        int result = tryDestroy();
        while (result == -Errno.EBUSY && shared.clock().nowNs() - limitNs < 0) {
            Thread.yield();
            result = tryDestroy();
        }
        return result;
    }

    private int tryDestroy() {
        return shared.seams().destroyed(vmm.context().destroy(viommu.id()));
    }

    /** The queue pins the vIOMMU: its count must say so, and a destroy must be refused (I3). */
    private void checkPins() {
        pins.checked();
        if (viommu.users() < 2 + viommu.vdevices() || tryDestroy() != -Errno.EBUSY) {
            pins.violated(shared.clock().nowNs());
        }
    }

    public VIommu viommu() {
        return viommu;
    }

    int number() {
        return number;
    }

    /** Null while there is none. */
    public VEventQueue veventq() {
        return vmmQueue == null ? null : vmmQueue.queue();
    }

    OracleCount pins() {
        return pins;
    }

    /** Times that a vIOMMU was destroyed. */
    public long destroys() {
        return destroyed.size();
    }

    /** Reports across a destroy are held against the cell at its end: the vIOMMU sees them, and no handler. */
    public void addTo(CellReport report, long endNs) {
        report.add(Count.DISCARDED, discarded);
        if (vmmQueue != null) {
            report.add(Count.STILL_QUEUED, vmmQueue.queue().unread());
            report.add(Count.VEVENTQ_BYTES, vmmQueue.queue().offHeapBytes());
        }
        report.add(pins);
        OracleCount across = new OracleCount(Oracle.DESTROYED_VIOMMU);
        across.checked(destroyed.size());
        long reports = destroyed.stream()
            .mapToLong(gone -> gone.reportsAfterDestroy() + gone.reportsOverlappedByDestroy()).sum();
        if (reports > 0) {
            across.violated(reports, endNs);
        }
        report.add(across);
    }
}
