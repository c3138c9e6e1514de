package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.smmu.Smmu;
import dev.steward.loadgen.oracle.DeviceStates;
import dev.steward.loadgen.oracle.SteTag;
import dev.steward.loadgen.oracle.Topology;
import dev.steward.loadgen.oracle.VirtualIds;
import dev.steward.loadgen.record.Clock;

/**
 * One device as a VMM drives it: moves its vDEVICE, makes nested domains and attaches them, in the order that iommufd
 * demands (docs/domain.md, 1.2, 5.2, 9.1).
 *
 * <p>Threading: one attach thread.
 */
public final class GuestDevice {
    /** As long as the kernel waits for the short references of an object (docs/domain.md, 1.1). */
    private static final long UNBIND_LIMIT_NS = 60_000_000_000L;

    /**
     * What all devices of an SMMU share.
     *
     * @param context    the one open file, which owns all objects.
     * @param smmu       that the devices are behind.
     * @param topology   who belongs to whom.
     * @param slices     vIOMMUs by number, the spare ones included.
     * @param virtualIds of the cell.
     * @param states     told of what the event side judges deliveries by.
     * @param clock      limits the wait of an unbind.
     * @param faultQueue where stalled faults wait, or null if they are aborted.
     * @param withinGuest true if a device never goes to the vIOMMU of another guest.
     */
    public record Host(
        Context context,
        Smmu smmu,
        Topology topology,
        GuestViommu[] slices,
        VirtualIds virtualIds,
        DeviceStates states,
        Clock clock,
        FaultQueue faultQueue,
        boolean withinGuest) {
    }

    private final Host host;
    private final HostDevice physical;
    private final int number;
    private BoundDevice device;
    private int viommu;
    private boolean otherId;
    private VDevice vdevice;
    private NestedDomain domain;
    private int generation;

    public GuestDevice(Host host, HostDevice physical, BoundDevice device, int number) {
        this.host = host;
        this.physical = physical;
        this.device = device;
        this.number = number;
    }

    /** First attach. */
    public void start(int firstViommu) {
        moveVdevice(firstViommu);
        attach();
    }

    /** Nested domain of another vIOMMU in place of the current. The vDEVICE goes first: a device has at most one. */
    public void replaceByAnother(int draw) {
        moveVdevice(another(draw));
        replace(newDomain());
    }

    /** A new nested domain of the same vIOMMU. */
    public void replaceBySame() {
        replace(newDomain());
    }

    /** The guest switches its SMMU off: its abort entry, on the same vIOMMU. */
    public void block() {
        replace(newDomain(SteTag.guestAbortWord0()));
    }

    /** Through the blocking domain of the host to another vIOMMU. */
    public void detachAndAttach(int draw) {
        detach();
        moveVdevice(another(draw));
        attach();
    }

    /** A vDEVICE with another virtual id in place of the current one; the next attach makes it known. */
    public void renewVdevice() {
        otherId = !otherId;
        moveVdevice(viommu);
        replaceBySame();
    }

    /** The device goes and comes back at the same place. */
    public void unplugAndPlug() {
        detach();
        destroyVdevice();
        long limitNs = host.clock.nowNs() + UNBIND_LIMIT_NS;
        Errors.check(device.unbind(() -> host.clock.nowNs() - limitNs >= 0), "unbind");
        host.smmu.release(physical);
        Errors.check(host.smmu.probe(physical), "probe");
        device = host.context.bind(physical, host.smmu.driver());
        moveVdevice(viommu);
        attach();
    }

    /** A vIOMMU of its own, and back. */
    public void visit(GuestViommu spare) {
        int before = viommu;
        spare.open(device.id());
        moveVdevice(spare.number());
        replace(newDomain());
        moveVdevice(before);
        replace(newDomain());
        spare.close();
    }

    /** Lets go of the vIOMMU, so that it can be destroyed. */
    public void stop() {
        detach();
        destroyVdevice();
    }

    /** After {@link #stop()}: attached again where it was. */
    void restart() {
        start(viommu);
    }

    int deviceId() {
        return device.id();
    }

    private void attach() {
        domain = newDomain();
        host.states.detached(number, false);
        Errors.check(device.attach(domain), "attach");
    }

    private void detach() {
        host.states.detached(number, true);
        Errors.check(device.detach(), "detach");
        destroy(domain.id());
    }

    private void replace(NestedDomain next) {
        NestedDomain old = domain;
        domain = next;
        Errors.check(device.replace(domain), "replace");
        destroy(old.id());
    }

    private int another(int draw) {
        return host.withinGuest
            ? host.topology.anotherOfGuest(viommu, draw)
            : host.topology.another(viommu, draw);
    }

    private void moveVdevice(int newViommu) {
        destroyVdevice();
        viommu = newViommu;
        int id = otherId
            ? host.virtualIds.otherOf(newViommu, number)
            : host.virtualIds.of(newViommu, number);
        // Before the vDEVICE is there: whoever reports by it must find it named.
        host.states.virtualStreamId(number, id);
        vdevice = host.context.allocateVdevice(
            host.slices[newViommu].viommu().id(), device.id(), id & 0xffff_ffffL);
    }

    private void destroyVdevice() {
        if (vdevice != null) {
            destroy(vdevice.id());
            vdevice = null;
        }
    }

    private NestedDomain newDomain() {
        generation = (generation + 1) % SteTag.GENERATIONS;
        return newDomain(SteTag.guestWord0(viommu, number, generation));
    }

    private NestedDomain newDomain(long word0) {
        int viommuId = host.slices[viommu].viommu().id();
        return host.faultQueue == null
            ? host.context.allocateNestedDomain(device.id(), viommuId, 0, word0, 0)
            : host.context.allocateFaultableDomain(device.id(), viommuId, host.faultQueue.id(), word0, 0);
    }

    private void destroy(int id) {
        Errors.check(host.context.destroy(id), "destroy");
    }
}
