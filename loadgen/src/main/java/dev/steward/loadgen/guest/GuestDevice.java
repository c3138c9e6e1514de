package dev.steward.loadgen.guest;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.iommufd.HostDevice;
import dev.steward.engine.iommufd.IommufdException;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.smmu.Smmu;
import dev.steward.loadgen.oracle.DeviceStates;
import dev.steward.loadgen.oracle.KeptAttachment;
import dev.steward.loadgen.oracle.SteTag;
import java.util.function.Supplier;

/**
 * One device as a VMM drives it: moves its vDEVICE, makes nested domains and attaches them, in the order that iommufd
 * demands (docs/domain.md, 1.2, 5.2, 9.1).
 *
 * <p>A replace for which there is no memory is given up: the device stays where it is until its next operation. Where
 * there is nothing to stay with, the VMM tries again.
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
    private final KeptAttachment kept;
    private final FaultQueue[] faultQueues;
    private final boolean anyGuest;
    private final HostDevice physical;
    private final int number;
    private BoundDevice device;
    private int guest;
    private int viommu;
    private boolean otherId;
    private VDevice vdevice;
    private NestedDomain domain;
    private int generation;

    /**
     * Makes a device that is bound by the guest it is at home with, and not attached.
     *
     * @param faultQueues by guest, where its stalled faults wait; empty if they are aborted.
     */
    public GuestDevice(
        CellShared shared, Smmu smmu, GuestViommu[] viommus, DeviceStates states, KeptAttachment kept,
        FaultQueue[] faultQueues, HostDevice physical, int number) {
        this.shared = shared;
        this.smmu = smmu;
        this.viommus = viommus;
        this.states = states;
        this.kept = kept;
        this.faultQueues = faultQueues;
        anyGuest = shared.scenario().guestsShareContext();
        this.physical = physical;
        this.number = number;
        viommu = shared.topology().homeOf(number);
        bind();
    }

    private void bind() {
        guest = shared.topology().guestOf(viommu);
        device = vmm().context().bind(physical, shared.seams().driver(smmu.driver()));
    }

    /** A vDEVICE and an attach, on the vIOMMU where it was, at first that of its home. */
    public void start() {
        moveVdevice(viommu);
        attach();
    }

    /** Nested domain of another vIOMMU in place of the current. The vDEVICE goes first: a device has at most one. */
    public void replaceByAnother(int draw) {
        int before = viommu;
        moveVdevice(another(draw));
        if (!replace(newDomain())) {
            moveVdevice(before);
        }
    }

    /** A new nested domain of the same vIOMMU. */
    public void replaceBySame() {
        replace(newDomain());
    }

    /** The guest switches its SMMU off: its abort entry, on the same vIOMMU. */
    public void block() {
        replace(newDomain(SteTag.guestAbortWord0()));
    }

    /** Through the blocking domain of the host to another vIOMMU, or back if there is none to choose. */
    public void detachAndAttach(int draw) {
        detach();
        moveVdevice(another(draw));
        attach();
    }

    /** A vDEVICE with another virtual id in place of the current one; the next attach makes it known. */
    public void renewVdevice() {
        otherId = !otherId;
        moveVdevice(viommu);
        if (!replace(newDomain())) {
            otherId = !otherId;
            moveVdevice(viommu);
        }
    }

    /** The device is unplugged and plugged in again at the same place. */
    public void unplugAndPlug() {
        close();
        smmu.release(physical);
        Errors.check(smmu.probe(physical), "probe");
        bind();
        start();
    }

    /** To another guest. The SMMU's driver keeps the device; its vDEVICE and all objects of the VMM are others. */
    public void move(int draw) {
        close();
        viommu = shared.topology().ofAnotherGuest(viommu, draw);
        bind();
        start();
    }

    /** Its VMM detaches it, destroys its vDEVICE and closes it, so that iommufd lets go of it. */
    public void close() {
        stop();
        long limitNs = shared.clock().nowNs() + UNBIND_LIMIT_NS;
        Errors.check(device.unbind(() -> shared.clock().nowNs() - limitNs >= 0), "unbind");
    }

    /** A vIOMMU of its own, and back. */
    public void visit(GuestViommu spare) {
        int before = viommu;
        spare.open(guest, device.id());
        moveVdevice(spare.number());
        boolean there = replace(newDomain());
        moveVdevice(before);
        while (there && !replace(newDomain())) {
            Thread.onSpinWait();
        }
        spare.close();
    }

    /** Lets go of the vIOMMU, so that it can be destroyed. */
    public void stop() {
        detach();
        destroyVdevice();
    }

    /** Number of the guest that has the device. */
    int guest() {
        return guest;
    }

    /** Of the bound device, in the context of its guest. */
    public int deviceId() {
        return device.id();
    }

    private void attach() {
        domain = newDomain();
        states.detached(number, false);
        KeptAttachment.Look before = look(domain);
        int result = device.attach(domain);
        while (failedOnPurpose(result, before, domain)) {
            result = device.attach(domain);
        }
        Errors.check(result, "attach");
        states.handleChanges(number);
    }

    private void detach() {
        states.detached(number, true);
        states.handleChanges(number);
        Errors.check(device.detach(), "detach");
        vmm().destroy(domain.id());
    }

    /** False if there was no memory for it, and the device has what it had. */
    private boolean replace(NestedDomain next) {
        NestedDomain old = domain;
        KeptAttachment.Look before = look(old, next);
        int result = device.replace(next);
        if (failedOnPurpose(result, before, old, next)) {
            vmm().destroy(next.id());
            return false;
        }
        Errors.check(result, "replace");
        domain = next;
        vmm().destroy(old.id());
        return true;
    }

    /** Where nothing is to fail, nothing is looked at: it would be a part of the attach. */
    private KeptAttachment.Look look(NestedDomain... domains) {
        return shared.failures().any() ? kept.look(device, domains) : null;
    }

    /** Whether an operation failed because it was to; then what it has left is checked. */
    private boolean failedOnPurpose(int result, KeptAttachment.Look before, NestedDomain... domains) {
        boolean failed = shared.failures().explains(result);
        if (failed) {
            kept.check(before, look(domains));
        }
        return failed;
    }

    private int another(int draw) {
        return anyGuest ? shared.topology().another(viommu, draw) : shared.topology().anotherOfGuest(viommu, draw);
    }

    private void moveVdevice(int newViommu) {
        destroyVdevice();
        viommu = newViommu;
        guest = shared.topology().guestWith(newViommu, guest);
        int id = otherId ? shared.virtualIds().otherOf(newViommu, number) : shared.virtualIds().of(newViommu, number);
        // Before the vDEVICE is there: a report by it must find it named.
        states.virtualStreamId(number, id);
        vdevice = triedUntilMade(() -> vmm().context().allocateVdevice(
            viommus[newViommu].viommu().id(), device.id(), id & 0xffff_ffffL));
    }

    private VDevice triedUntilMade(Supplier<VDevice> allocation) {
        while (true) {
            KeptAttachment.Look before = look();
            try {
                return allocation.get();
            } catch (IommufdException e) {
                if (!failedOnPurpose(-e.errno(), before)) {
                    throw e;
                }
            }
        }
    }

    private void destroyVdevice() {
        if (vdevice != null) {
            vmm().destroy(vdevice.id());
            vdevice = null;
        }
    }

    private NestedDomain newDomain() {
        generation = (generation + 1) % SteTag.GENERATIONS;
        return newDomain(SteTag.guestWord0(viommu, number, generation));
    }

    private NestedDomain newDomain(long word0) {
        Context context = vmm().context();
        int viommuId = viommus[viommu].viommu().id();
        return faultQueues.length == 0
            ? context.allocateNestedDomain(device.id(), viommuId, 0, word0, 0)
            : context.allocateFaultableDomain(device.id(), viommuId, faultQueues[guest].id(), word0, 0);
    }

    private Vmm vmm() {
        return shared.vmm(guest);
    }
}
