package dev.steward.jmh.cmdqv;

import dev.steward.engine.iommufd.BoundDevice;
import dev.steward.engine.iommufd.Errno;
import dev.steward.engine.iommufd.IommuDriver;
import dev.steward.engine.iommufd.NestedDomain;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.iommufd.VIommu;
import java.util.HashMap;
import java.util.Map;

/**
 * The driver of an SMMU with the extension: everything as before, and for a vIOMMU of the extension's type a VINTF, in
 * which each vDEVICE gets a slot. With no slot left the vDEVICE is refused (-ENOSPC), so a VM with more devices behind
 * one SMMU has to do without the extension.
 *
 * <p>Threading: any; called under the lock of a device's group, and takes a lock of its own for what the groups share.
 */
public final class CmdqvDriver implements IommuDriver {
    private final IommuDriver smmu;
    private final int param;
    private final RegisterWatch watch;
    private final boolean[] taken;
    private final Map<VIommu, Vintf> vintfs = new HashMap<>();
    private final Map<VDevice, Integer> slots = new HashMap<>();

    /** Stands the extension before a driver. */
    public CmdqvDriver(IommuDriver smmu, int param, RegisterWatch watch) {
        this.smmu = smmu;
        this.param = param;
        this.watch = watch;
        taken = new boolean[CmdqvLayout.vintfs(param)];
    }

    @Override
    public boolean supportsViommu(BoundDevice device, int type) {
        return type == VIommu.TYPE_TEGRA241_CMDQV || smmu.supportsViommu(device, type);
    }

    @Override
    public int initVdevice(VDevice vdevice) {
        int result = smmu.initVdevice(vdevice);
        if (result < 0 || vdevice.viommu().type() != VIommu.TYPE_TEGRA241_CMDQV) {
            return result;
        }
        result = setSlot(vdevice);
        if (result < 0) {
            smmu.destroyVdevice(vdevice);
        }
        return result;
    }

    private synchronized int setSlot(VDevice vdevice) {
        Vintf vintf = vintfs.get(vdevice.viommu());
        if (vintf == null) {
            vintf = newVintf();
            if (vintf == null) {
                return -Errno.ENOSPC;
            }
            vintfs.put(vdevice.viommu(), vintf);
        }
        int slot = vintf.set(vdevice.virtualStreamId() & 0xffff_ffffL, vdevice.device().host().firstStreamId());
        if (slot < 0) {
            return slot;
        }
        slots.put(vdevice, slot);
        return 0;
    }

    private Vintf newVintf() {
        for (int index = 0; index < taken.length; index++) {
            if (!taken[index]) {
                taken[index] = true;
                return new Vintf(index, CmdqvLayout.slots(param), watch);
            }
        }
        return null;
    }

    @Override
    public void destroyVdevice(VDevice vdevice) {
        synchronized (this) {
            Integer slot = slots.remove(vdevice);
            if (slot != null) {
                vintfs.get(vdevice.viommu()).clear(slot);
            }
        }
        smmu.destroyVdevice(vdevice);
    }

    @Override
    public void destroyViommu(VIommu viommu) {
        synchronized (this) {
            Vintf vintf = vintfs.remove(viommu);
            if (vintf != null) {
                taken[vintf.index()] = false;
            }
        }
        smmu.destroyViommu(viommu);
    }

    /** VINTF of a vIOMMU, from its first vDEVICE on, or null. */
    public synchronized Vintf vintf(VIommu viommu) {
        return vintfs.get(viommu);
    }

    @Override
    public int attachNested(BoundDevice device, NestedDomain domain) {
        return smmu.attachNested(device, domain);
    }

    @Override
    public int attachBlocked(BoundDevice device) {
        return smmu.attachBlocked(device);
    }

    @Override
    public void drainFaults() {
        smmu.drainFaults();
    }

    @Override
    public void respond(int streamId, int group, int code, long stamp) {
        smmu.respond(streamId, group, code, stamp);
    }

    @Override
    public int checkNestedDomain(VIommu viommu, long steWord0, long steWord1) {
        return smmu.checkNestedDomain(viommu, steWord0, steWord1);
    }
}
