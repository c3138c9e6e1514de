package dev.steward.loadgen.rig;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Context;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VIommu;
import dev.steward.engine.stream.StreamTableEntryLayout;
import java.util.List;

/**
 * One device as a VMM drives it: moves its vDEVICE, makes nested domains and attaches them, in the order that iommufd
 * demands (domain reference 1.2, 5.2, 9.1).
 *
 * <p>Threading: one attach thread.
 */
final class GuestDevice {
    /** Guest entry: valid, stage 1, one context descriptor; the table address changes with each attach. */
    private static final long GUEST_STE_WORD0 = StreamTableEntryLayout.STE_0_V_MASK
        | (long) StreamTableEntryLayout.STE_0_CONFIG_S1 << 1;
    private static final int CD_TABLE_SHIFT = 6;
    private static final int CD_TABLES = 1 << 16;

    private final Context context;
    private final BoundDevice device;
    private final List<VIommu> viommus;
    private final VirtualIds virtualIds;
    private final int stream;

    private int viommu;
    private VDevice vdevice;
    private NestedDomain domain;
    private int generation;

    GuestDevice(Context context, BoundDevice device, List<VIommu> viommus, VirtualIds virtualIds, int stream) {
        this.context = context;
        this.device = device;
        this.viommus = viommus;
        this.virtualIds = virtualIds;
        this.stream = stream;
    }

    /** First attach. */
    void start(int firstViommu) {
        moveVdevice(firstViommu);
        domain = newDomain();
        check(device.attach(domain), "attach");
    }

    /** Nested domain of another vIOMMU in place of the current. The vDEVICE goes first: a device has at most one. */
    void replaceByAnother(int draw) {
        moveVdevice(another(draw));
        replace();
    }

    /** A new nested domain of the same vIOMMU. */
    void replaceBySame() {
        replace();
    }

    /** Nested to blocked to nested on another vIOMMU. */
    void detachAndAttach(int draw) {
        check(device.detach(), "detach");
        destroy(domain.id());
        moveVdevice(another(draw));
        domain = newDomain();
        check(device.attach(domain), "attach");
    }

    private void replace() {
        NestedDomain old = domain;
        domain = newDomain();
        check(device.replace(domain), "replace");
        destroy(old.id());
    }

    private int another(int draw) {
        return (viommu + 1 + draw % (viommus.size() - 1)) % viommus.size();
    }

    private void moveVdevice(int newViommu) {
        if (vdevice != null) {
            destroy(vdevice.id());
        }
        viommu = newViommu;
        vdevice = context.allocateVdevice(
            viommus.get(newViommu).id(), device.id(), virtualIds.of(newViommu, stream) & 0xffff_ffffL);
    }

    private NestedDomain newDomain() {
        generation = (generation + 1) % CD_TABLES;
        long word0 = GUEST_STE_WORD0 | ((long) stream * CD_TABLES + generation) << CD_TABLE_SHIFT;
        return context.allocateNestedDomain(device.id(), viommus.get(viommu).id(), 0, word0, 0);
    }

    private void destroy(int id) {
        check(context.destroy(id), "destroy");
    }

    private static void check(int result, String operation) {
        if (result < 0) {
            throw new IllegalStateException(operation + " failed with errno " + -result);
        }
    }
}
