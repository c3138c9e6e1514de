package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.smmu.Smmu;
import dev.steward.loadgen.oracle.DeviceStates;
import dev.steward.loadgen.oracle.SteTag;
import dev.steward.loadgen.scenario.ScenarioKey;

/**
 * One device as a VMM drives it: moves its vDEVICE, makes nested domains and attaches them, in the order that iommufd
 * demands (docs/domain.md, 1.2, 5.2, 9.1).
 *
 * <p>Threading: one attach thread.
 */
public final class GuestDevice {
    /** As long as the kernel waits for the short references of an object (docs/domain.md, 1.1). */
    private static final long UNBIND_LIMIT_NS = 60_000_000_000L;

    private final CellShared shared;
    private final Smmu smmu;
    private final GuestViommu[] viommus;
    private final DeviceStates states;
    private final FaultQueue faultQueue;
    private final boolean withinGuest;
    private final HostDevice physical;
    private final int number;
    private BoundDevice device;
    private int viommu;
    private boolean otherId;
    private VDevice vdevice;
    private NestedDomain domain;
    private int generation;

    /** Makes a device that is not attached; its stalled faults wait in the queue, or are aborted if that is null. */
    public GuestDevice(
        CellShared shared, Smmu smmu, GuestViommu[] viommus, DeviceStates states, FaultQueue faultQueue,
        HostDevice physical, BoundDevice device, int number) {
        this.shared = shared;
        this.smmu = smmu;
        this.viommus = viommus;
        this.states = states;
        this.faultQueue = faultQueue;
        withinGuest = shared.scenario().text(ScenarioKey.CHURN_WITHIN).equals("guest");
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

    /** The device is unplugged and plugged in again at the same place. */
    public void unplugAndPlug() {
        detach();
        destroyVdevice();
        long limitNs = shared.clock().nowNs() + UNBIND_LIMIT_NS;
        Errors.check(device.unbind(() -> shared.clock().nowNs() - limitNs >= 0), "unbind");
        smmu.release(physical);
        Errors.check(smmu.probe(physical), "probe");
        device = shared.context().bind(physical, smmu.driver());
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
        states.detached(number, false);
        Errors.check(device.attach(domain), "attach");
    }

    private void detach() {
        states.detached(number, true);
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
        return withinGuest ? shared.topology().anotherOfGuest(viommu, draw) : shared.topology().another(viommu, draw);
    }

    private void moveVdevice(int newViommu) {
        destroyVdevice();
        viommu = newViommu;
        int id = otherId ? shared.virtualIds().otherOf(newViommu, number) : shared.virtualIds().of(newViommu, number);
        // Before the vDEVICE is there: a report by it must find it named.
        states.virtualStreamId(number, id);
        vdevice = shared.context().allocateVdevice(viommus[newViommu].viommu().id(), device.id(), id & 0xffff_ffffL);
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
        int viommuId = viommus[viommu].viommu().id();
        return faultQueue == null
            ? shared.context().allocateNestedDomain(device.id(), viommuId, 0, word0, 0)
            : shared.context().allocateFaultableDomain(device.id(), viommuId, faultQueue.id(), word0, 0);
    }

    private void destroy(int id) {
        Errors.check(shared.context().destroy(id), "destroy");
    }
}
