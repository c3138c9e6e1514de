package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.ParentDomain;
import dev.steward.engine.iommufd.VEventLayout;
import dev.steward.engine.iommufd.VEventQueue;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.loadgen.oracle.Oracle;
import dev.steward.loadgen.oracle.OracleCount;
import dev.steward.loadgen.record.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One vIOMMU of a guest, by its number on the SMMU, with its parent domain and its vEVENTQ: made, destroyed and made
 * again. The parent domain is the guest's memory and stays.
 *
 * <p>Threading: one attach thread at a time, beside one that invalidates; the figures are read after it has ended.
 */
public final class GuestViommu {
    /**
     * What all slices of an SMMU share.
     *
     * @param context  the one open file, which owns all objects.
     * @param queues   of the VMMs.
     * @param depth    of a vEVENTQ.
     * @param viommuId current object id of each vIOMMU by number, 0 for none; for the oracles.
     * @param clock    for the time of a violation.
     */
    public record Host(Context context, VmmQueues queues, int depth, AtomicIntegerArray viommuId, Clock clock) {
    }

    /** Far longer than any call, 1 s. */
    private static final long CALL_LIMIT_NS = 1_000_000_000;

    private final Host host;
    private final int number;
    private final boolean stuck;
    private final ParentDomain parent;
    private final List<VIommu> destroyed = new ArrayList<>();
    private final OracleCount pins = new OracleCount(Oracle.PINNED_DESTROY);
    private VIommu viommu;
    private VmmQueue vmmQueue;
    private long lost;
    private long discarded;

    public GuestViommu(Host host, int number, boolean stuck, ParentDomain parent) {
        this.host = host;
        this.number = number;
        this.stuck = stuck;
        this.parent = parent;
    }

    /** Makes the vIOMMU and its vEVENTQ, with a bound device of the SMMU. */
    public void open(int deviceId) {
        viommu = host.context.allocateViommu(deviceId, parent.id(), VIommu.TYPE_ARM_SMMUV3, 0);
        host.viommuId.set(number, viommu.id());
        VEventQueue queue = host.context.allocateVeventq(
            viommu.id(), VEventLayout.TYPE_ARM_SMMUV3, host.depth, 0, host.queues);
        vmmQueue = host.queues.add(queue, host.depth, stuck);
    }

    /** Destroys both. No device is attached through the vIOMMU any more. */
    public void close() {
        VEventQueue queue = vmmQueue.queue();
        checkPins();
        host.queues.remove(vmmQueue);
        queue.close();
        Errors.check(host.context.destroy(queue.id()), "destroy of a vEVENTQ");
        Errors.check(destroyViommu(), "destroy of a vIOMMU");
        host.viommuId.set(number, 0);
        lost += queue.lost();
        discarded += queue.discarded();
        destroyed.add(viommu);
        viommu = null;
        vmmQueue = null;
    }

    /** An invalidation of the guest pins its vIOMMU for as long as the call lasts; the VMM tries again. */
    private int destroyViommu() {
        long limitNs = host.clock.nowNs() + CALL_LIMIT_NS;
        int result = host.context.destroy(viommu.id());
        while (result == -Errno.EBUSY && host.clock.nowNs() - limitNs < 0) {
            Thread.yield();
            result = host.context.destroy(viommu.id());
        }
        return result;
    }

    /** The queue pins the vIOMMU: its count must say so, and a destroy must be refused (I3). */
    private void checkPins() {
        pins.checked();
        if (viommu.users() < 2 + viommu.vdevices() || host.context.destroy(viommu.id()) != -Errno.EBUSY) {
            pins.violated(host.clock.nowNs());
        }
    }

    public VIommu viommu() {
        return viommu;
    }

    int number() {
        return number;
    }

    /** The VMID under which the SMMU translates for this slice. */
    public int parentId() {
        return parent.id();
    }

    /** Null while there is none. */
    public VEventQueue veventq() {
        return vmmQueue == null ? null : vmmQueue.queue();
    }

    public OracleCount pins() {
        return pins;
    }

    /** Events that met a full vEVENTQ, over all that there were. */
    long lost() {
        return lost + (vmmQueue == null ? 0 : vmmQueue.queue().lost());
    }

    /** Events that went with a vEVENTQ. */
    public long discarded() {
        return discarded;
    }

    /** Times that a vIOMMU was destroyed. */
    public long destroys() {
        return destroyed.size();
    }

    /** Reports that reached a vIOMMU after its destroy, or were still inside at that moment. */
    public long reportsAcrossDestroy() {
        return destroyed.stream()
            .mapToLong(gone -> gone.reportsAfterDestroy() + gone.reportsOverlappedByDestroy()).sum();
    }
}
